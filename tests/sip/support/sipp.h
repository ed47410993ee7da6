#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "support/child_process.h"

namespace bellwether::sip_test {

/// A SIPp process that plays one scenario of tests/sip/scenarios for one call.
class Sipp {
public:
    using Keys = std::map<std::string, std::string>;

    struct Options {
        std::chrono::seconds limit{30};
        int calls = 1;                 ///< 0: until the test ends
        std::string transport = "u1";  ///< u1: UDP, t1: TCP
        Keys keys{};                   ///< [name] in the scenario
        std::string status{};          ///< [status] in the scenario: "486 Busy Here"
        /// SIPp answers a repeated message by itself with its own last one. It also takes an ACK
        /// sent again for such a repeat, and then the two would repeat themselves without end:
        /// false for that scenario.
        bool answers_repeats = true;
    };

    /// A server: waits for a call on port(). Ready when the constructor returns.
    explicit Sipp(const std::string& scenario) : Sipp{scenario, Options{}} {}
    Sipp(const std::string& scenario, const Options& options);
    /// A client: calls 127.0.0.1:remote_port at once.
    Sipp(const std::string& scenario, std::uint16_t remote_port, const Keys& keys = {});

    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// Waits for the end of the scenario. True: it ran as written.
    [[nodiscard]] bool passed();

    /// How many messages that start with `first_line` it has received.
    [[nodiscard]] int received(const std::string& first_line) const;
    /// Waits until that many have come. @return false: the scenario ended or the limit passed
    /// before.
    [[nodiscard]] bool wait_received(const std::string& first_line, int count,
                                     std::chrono::seconds limit = std::chrono::seconds{10});
    /// Values of a header of the requests received that start with `first_line`, in order.
    [[nodiscard]] std::vector<std::string> values(const std::string& first_line,
                                                  const std::string& header) const;
    void kill() { process_->terminate(); }
    [[nodiscard]] std::string messages() const;
    [[nodiscard]] std::string why() const;  ///< SIPp's own words, for a failed assertion

private:
    void run(const std::string& scenario, const std::string& remote, const Options& options);

    std::string folder_;
    std::uint16_t port_;
    std::unique_ptr<ChildProcess> process_;
};

}  // namespace bellwether::sip_test
