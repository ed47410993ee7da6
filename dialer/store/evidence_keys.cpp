#include "dialer/store/evidence_keys.h"

#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "dialer/store/evidence_files.h"

namespace bellwether::store {

namespace {

namespace fs = std::filesystem;

constexpr unsigned kSecret = 0600;
constexpr unsigned kPublic = 0644;

/// A secret of so many bytes, made at random if the file is not there.
Result<std::string> secret_in(const fs::path& path, std::size_t bytes) {
    const auto text = read_whole_file(path);
    if (!text && text.error().code != Errc::NotFound) return text;
    if (!text) {
        std::string secret(bytes, '\0');
        randombytes_buf(secret.data(), secret.size());
        const auto written = write_file_whole(path, evidence::to_base64(secret) + "\n", kSecret);
        if (!written) return tl::unexpected(written.error());
        return secret;
    }
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fail(Errc::Refused, path.string() + " may be read by others: chmod 600 it");
    const auto line = std::string_view{*text}.substr(0, text->find('\n'));
    auto secret = evidence::from_base64(line);
    if (!secret || secret->size() != bytes)
        return fail(Errc::Corrupt, path.string() + " is no key: restore it from your copy");
    return *std::move(secret);
}

/// What may stand in a signed note's name.
std::string plain_name(std::string name) {
    for (char& c : name) {
        if (c <= ' ' || c == '+') c = '-';
    }
    return name.empty() ? "bellwether" : name;
}

}  // namespace

evidence::SecretKey random_key() {
    evidence::SecretKey key;
    randombytes_buf(key.data(), key.size());
    return key;
}

evidence::Nonce random_nonce() {
    evidence::Nonce nonce;
    randombytes_buf(nonce.data(), nonce.size());
    return nonce;
}

EvidenceKeys::EvidenceKeys(fs::path folder, std::unique_ptr<evidence::SigningKey> signing)
    : folder_{std::move(folder)}, signing_{std::move(signing)} {}

Result<std::unique_ptr<EvidenceKeys>> EvidenceKeys::open(fs::path folder,
                                                         const std::string& origin) {
    BW_CHECK(sodium_init() >= 0);  // fails only where the system gives no random bytes
    const fs::path public_file = folder / "key.pub";
    const fs::path secret_file = folder / "keys" / "signing.key";
    const auto known_text = read_whole_file(public_file);
    std::error_code ignored;
    if (known_text && !fs::exists(secret_file, ignored)) {
        return fail(Errc::Corrupt, secret_file.string() +
                                       " is gone, and the evidence log was signed by it: restore "
                                       "it from your copy");
    }
    auto secret = secret_in(secret_file, evidence::SigningKey::Seed{}.size());
    if (!secret) return tl::unexpected(secret.error());
    evidence::SigningKey::Seed seed;
    std::copy(secret->begin(), secret->end(), seed.begin());
    sodium_memzero(secret->data(), secret->size());

    std::string name = plain_name(origin);
    if (known_text) {
        const auto known = evidence::parse_verifier_key(*known_text);
        if (!known) return fail(Errc::Corrupt, public_file.string() + ": " + known.error().detail);
        name = known->name;
    }
    auto signing = std::make_unique<evidence::SigningKey>(name, seed);
    sodium_memzero(seed.data(), seed.size());
    const std::string own = evidence::to_text(signing->verifier()) + "\n";
    if (known_text && *known_text != own) {
        return fail(Errc::Corrupt, secret_file.string() + " is not the key of " +
                                       public_file.string() + ": restore the one that is");
    }
    if (!known_text) {
        const auto written = write_file_whole(public_file, own, kPublic);
        if (!written) return tl::unexpected(written.error());
    }
    return std::unique_ptr<EvidenceKeys>{new EvidenceKeys{std::move(folder), std::move(signing)}};
}

Result<EvidenceKeys::ClientKeys> EvidenceKeys::client(ClientId client) {
    const std::lock_guard lock{mutex_};
    if (const auto found = clients_.find(client); found != clients_.end()) return found->second;
    ClientKeys keys{};
    const std::string name = "client-" + std::to_string(value_of(client)) + ".key";
    const auto secret =
        secret_in(folder_ / "keys" / name, keys.naming.size() + keys.wrapping.size());
    if (!secret) return tl::unexpected(secret.error());
    const auto* const bytes = evidence::bytes_of(*secret);
    std::copy_n(bytes, keys.naming.size(), keys.naming.begin());
    std::copy_n(bytes + keys.naming.size(), keys.wrapping.size(), keys.wrapping.begin());
    clients_.emplace(client, keys);
    return keys;
}

}  // namespace bellwether::store
