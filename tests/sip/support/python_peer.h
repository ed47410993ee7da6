#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "support/child_process.h"

namespace bellwether::sip_test {

/// A Python program of tests/sip/peers. It prints "port N" when it is ready, then its findings.
class PythonPeer {
public:
    PythonPeer(const std::string& program, const std::vector<std::string>& arguments);

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] bool passed();  ///< waits for its end; true: exit code 0
    [[nodiscard]] std::string output() const { return process_->output(); }
    /// Lines printed after the first, in order.
    [[nodiscard]] std::vector<std::string> findings() const;

private:
    std::unique_ptr<ChildProcess> process_;
    std::uint16_t port_ = 0;
};

}  // namespace bellwether::sip_test
