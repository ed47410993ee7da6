#include "support/certificates.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <vector>

#include "support/child_process.h"

namespace bellwether::sip_test {
namespace {

void openssl(const std::string& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "openssl");
    ChildProcess process{arguments, folder + "/openssl", std::chrono::seconds{20}};
    EXPECT_EQ(process.wait(), 0) << process.output();
}

}  // namespace

Authority::Authority() : folder_{fresh_folder()} {
    openssl(folder_, {"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                      "-nodes", "-keyout", folder_ + "/ca.key", "-out", file(), "-subj",
                      "/CN=Test authority", "-days", "2"});
}

std::string Authority::issue(const std::string& name, int days) const {
    const std::string own = fresh_folder();
    openssl(own, {"req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                  "-nodes", "-keyout", own + "/key", "-out", own + "/request", "-subj",
                  "/CN=" + name, "-addext", "subjectAltName=DNS:" + name});
    openssl(own, {"x509", "-req", "-in", own + "/request", "-CA", file(), "-CAkey",
                  folder_ + "/ca.key", "-CAcreateserial", "-days", std::to_string(days),
                  "-copy_extensions", "copy", "-out", own + "/certificate"});
    const std::string both = own + "/both.pem";
    std::ofstream{both} << read_file(own + "/certificate") << read_file(own + "/key");
    chmod(both.c_str(), 0600);
    return both;
}

}  // namespace bellwether::sip_test
