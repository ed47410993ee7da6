#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace bellwether::sip_test {

/// One program run by a test, ended with it. Always under coreutils' `timeout`, because SIPp may
/// hang past its own limit. Output goes to a file.
class ChildProcess {
public:
    /// @param arguments  program first, searched in PATH.
    /// @param output     file that takes stdout and stderr.
    ChildProcess(std::vector<std::string> arguments, std::string output,
                 std::chrono::seconds limit);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// Waits for the end. 124: it ran into its limit; 128 + signal: killed.
    int wait();
    [[nodiscard]] bool running();
    [[nodiscard]] std::string output() const;
    void terminate();  ///< and waits for the end

private:
    pid_t pid_ = -1;
    std::optional<int> status_;
    std::string output_;
};

/// A port of 127.0.0.1 that was free a moment ago, for UDP and TCP.
[[nodiscard]] std::uint16_t free_port();

/// Waits until some socket is bound to the port, as /proc/net shows. @return false: not in time.
[[nodiscard]] bool wait_until_bound(std::uint16_t port, ChildProcess& owner, bool tcp = false);

/// A fresh folder under the test's temporary folder; gone at the end of a run without failures.
[[nodiscard]] std::string fresh_folder();

[[nodiscard]] std::string read_file(const std::string& path);

}  // namespace bellwether::sip_test
