#pragma once

#include <string>

namespace bellwether::sip_test {

/// An authority made for one test, by openssl's own program.
class Authority {
public:
    Authority();

    [[nodiscard]] std::string file() const { return folder_ + "/ca.pem"; }
    /// A file with certificate and key for `name`.
    /// @param days  of validity from now on; negative: expired.
    [[nodiscard]] std::string issue(const std::string& name, int days = 2) const;

private:
    std::string folder_;
};

}  // namespace bellwether::sip_test
