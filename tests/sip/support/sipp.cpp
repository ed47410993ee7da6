#include "support/sipp.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <sstream>

namespace bellwether::sip_test {

Sipp::Sipp(const std::string& scenario, const Options& options)
    : folder_{fresh_folder()}, port_{free_port()} {
    run(scenario, {}, "", options);
    EXPECT_TRUE(wait_until_bound(port_, *process_)) << process_->output();
}

Sipp::Sipp(const std::string& scenario, std::uint16_t remote_port, const Keys& keys)
    : folder_{fresh_folder()}, port_{free_port()} {
    run(scenario, keys, "127.0.0.1:" + std::to_string(remote_port), {});
}

void Sipp::run(const std::string& scenario, const Keys& keys, const std::string& remote,
               const Options& options) {
    std::vector<std::string> arguments = {"sipp",     "-m",         "1",
                                          "-nostdin", "-trace_msg", "-trace_err"};
    const auto add = [&](const std::string& option, const std::string& value) {
        arguments.insert(arguments.end(), {option, value});
    };
    add("-sf", std::string{BW_SIP_TESTS} + "/scenarios/" + scenario + ".xml");
    add("-i", "127.0.0.1");
    add("-p", std::to_string(port_));
    add("-message_file", folder_ + "/messages");
    add("-error_file", folder_ + "/errors");
    if (!options.answers_repeats) arguments.push_back("-nr");
    for (const auto& [key, value] : keys) arguments.insert(arguments.end(), {"-key", key, value});
    if (!remote.empty()) arguments.push_back(remote);
    process_ = std::make_unique<ChildProcess>(arguments, folder_ + "/output", options.limit);
}

bool Sipp::passed() { return process_->wait() == 0; }

// SIPp's log: a line of dashes, "UDP message received [n] bytes :", an empty line, the message.
int Sipp::received(const std::string& first_line) const {
    std::istringstream log{messages()};
    std::string line;
    int count = 0;
    bool next_is_first = false;
    while (std::getline(log, line)) {
        if (line.find("message received") != std::string::npos) {
            next_is_first = true;
        } else if (next_is_first && !line.empty() && line != "\r") {
            count += line.starts_with(first_line) ? 1 : 0;
            next_is_first = false;
        }
    }
    return count;
}

bool Sipp::wait_received(const std::string& first_line, int count, std::chrono::seconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < deadline) {
        if (received(first_line) >= count) return true;
        if (!process_->running()) return received(first_line) >= count;
        poll(nullptr, 0, 20);
    }
    return false;
}

std::string Sipp::messages() const { return read_file(folder_ + "/messages"); }

std::string Sipp::why() const {
    return read_file(folder_ + "/errors") + "\n" + process_->output().substr(0, 2000) + "\n" +
           messages();
}

}  // namespace bellwether::sip_test
