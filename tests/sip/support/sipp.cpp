#include "support/sipp.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <fstream>
#include <sstream>

namespace bellwether::sip_test {
namespace {

// SIPp takes keywords everywhere but for a status.
std::string with_status(const std::string& file, const std::string& status,
                        const std::string& folder) {
    std::string text = read_file(file);
    const std::string mark = "[status]";
    text.replace(text.rfind(mark), mark.size(), status);
    const std::string copy = folder + "/scenario.xml";
    std::ofstream{copy} << text;
    return copy;
}

}  // namespace

Sipp::Sipp(const std::string& scenario, const Options& options)
    : folder_{fresh_folder()}, port_{free_port()} {
    run(scenario, "", options);
    EXPECT_TRUE(wait_until_bound(port_, *process_, options.transport[0] == 't'))
        << process_->output();
}

Sipp::Sipp(const std::string& scenario, std::uint16_t remote_port, const Keys& keys)
    : folder_{fresh_folder()}, port_{free_port()} {
    run(scenario, "127.0.0.1:" + std::to_string(remote_port), {.keys = keys});
}

void Sipp::run(const std::string& scenario, const std::string& remote, const Options& options) {
    std::vector<std::string> arguments = {"sipp", "-nostdin", "-trace_msg", "-trace_err"};
    const auto add = [&](const std::string& option, const std::string& value) {
        arguments.insert(arguments.end(), {option, value});
    };
    std::string file = std::string{BW_SIP_TESTS} + "/scenarios/" + scenario + ".xml";
    if (!options.status.empty()) file = with_status(file, options.status, folder_);
    add("-sf", file);
    if (options.calls > 0) add("-m", std::to_string(options.calls));
    add("-t", options.transport);
    add("-i", "127.0.0.1");
    add("-p", std::to_string(port_));
    add("-message_file", folder_ + "/messages");
    add("-error_file", folder_ + "/errors");
    if (!options.answers_repeats) arguments.push_back("-nr");
    for (const auto& [key, value] : options.keys)
        arguments.insert(arguments.end(), {"-key", key, value});
    if (!remote.empty()) arguments.push_back(remote);
    process_ = std::make_unique<ChildProcess>(arguments, folder_ + "/output", options.limit);
}

bool Sipp::passed() { return process_->wait() == 0; }

// SIPp's log: a line of dashes, "UDP message received [n] bytes :", an empty line, the message.
int Sipp::received(const std::string& first_line) const {
    return static_cast<int>(values(first_line, "").size());
}

std::vector<std::string> Sipp::values(const std::string& first_line,
                                      const std::string& header) const {
    std::istringstream log{messages()};
    std::string line;
    std::vector<std::string> found;
    bool next_is_first = false;
    bool is_wanted = false;
    while (std::getline(log, line)) {
        if (line.find("message received") != std::string::npos) {
            next_is_first = true;
        } else if (line.find("message sent") != std::string::npos) {
            is_wanted = false;
        } else if (next_is_first && !line.empty() && line != "\r") {
            is_wanted = line.starts_with(first_line);
            next_is_first = false;
            if (is_wanted && header.empty()) found.push_back(line);
        } else if (is_wanted && !header.empty() && line.starts_with(header + ":")) {
            found.push_back(line.substr(header.size() + 1));
        }
    }
    return found;
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
