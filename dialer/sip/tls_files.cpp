#include "dialer/sip/tls_files.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <cstdio>
#include <memory>

namespace bellwether::sip {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
using Certificate = std::unique_ptr<X509, void (*)(X509*)>;
using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)>;

File open_file(const std::string& path) { return {std::fopen(path.c_str(), "re"), std::fclose}; }

// A key under a passphrase cannot be used: nobody is there to type it.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*self*/) { return -1; }

Certificate read_certificate(const std::string& path) {
    const File file = open_file(path);
    X509* certificate = file ? PEM_read_X509(file.get(), nullptr, no_passphrase, nullptr) : nullptr;
    return {certificate, X509_free};
}

Key read_key(const std::string& path) {
    const File file = open_file(path);
    EVP_PKEY* key =
        file ? PEM_read_PrivateKey(file.get(), nullptr, no_passphrase, nullptr) : nullptr;
    return {key, EVP_PKEY_free};
}

Result<void> check_authorities(const std::string& path) {
    if (!open_file(path)) {
        return fail(Errc::InvalidInput, "the authorities' file " + path +
                                            " cannot be read: give the carrier's CA certificates "
                                            "as tls_ca_file, or install ca-certificates");
    }
    if (read_certificate(path) == nullptr) {
        return fail(Errc::InvalidInput,
                    path + " holds no certificate in PEM form: give the carrier's CA certificates");
    }
    return {};
}

Result<void> check_dates(const std::string& path, const X509& certificate, std::time_t now) {
    if (X509_cmp_time(X509_get0_notBefore(&certificate), &now) > 0) {
        return fail(Errc::InvalidInput,
                    "the certificate in " + path + " is not valid yet: check the clock");
    }
    if (X509_cmp_time(X509_get0_notAfter(&certificate), &now) < 0) {
        return fail(Errc::InvalidInput, "the certificate in " + path + " has expired: renew it");
    }
    return {};
}

Result<void> check_own_certificate(const std::string& path, std::time_t now) {
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 || !open_file(path)) {
        return fail(Errc::InvalidInput,
                    "the certificate file " + path + " cannot be read: check its path and owner");
    }
    if ((status.st_mode & S_IRWXO) != 0) {
        return fail(Errc::InvalidInput,
                    path + " holds a private key and may be read by everybody: chmod 600 it");
    }
    const Certificate certificate = read_certificate(path);
    if (certificate == nullptr) {
        return fail(Errc::InvalidInput, path +
                                            " holds no certificate in PEM form: put certificate "
                                            "and key into that one file");
    }
    const Key key = read_key(path);
    if (key == nullptr) {
        return fail(Errc::InvalidInput,
                    path +
                        " holds no private key without a passphrase: put it behind the "
                        "certificate");
    }
    if (X509_check_private_key(certificate.get(), key.get()) != 1) {
        return fail(Errc::InvalidInput,
                    "key and certificate in " + path + " do not belong together");
    }
    return check_dates(path, *certificate, now);
}

}  // namespace

Result<std::chrono::sys_seconds> certificate_end(const std::string& path) {
    const Certificate certificate = read_certificate(path);
    std::tm end{};
    if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1)
        return fail(Errc::InvalidInput, path + " holds no certificate that can be read");
    return std::chrono::sys_seconds{std::chrono::seconds{timegm(&end)}};
}

std::string ca_file_of(const TlsSettings& tls) {
    // Where Debian's ca-certificates keeps the bundle.
    return tls.ca_file.empty() ? "/etc/ssl/certs/ca-certificates.crt" : tls.ca_file;
}

Result<void> check_tls_files(const TlsSettings& tls, std::time_t now) {
    if (auto checked = check_authorities(ca_file_of(tls)); !checked) return checked;
    return tls.certificate_file.empty() ? Result<void>{}
                                        : check_own_certificate(tls.certificate_file, now);
}

}  // namespace bellwether::sip
