#include "support/child_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "base/check.h"

namespace bellwether::sip_test {
namespace {

int exit_code(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// The folders of this run, removed at its end unless they may explain a failure.
struct Folders {
    std::vector<std::string> made;
    ~Folders() {
        if (testing::UnitTest::GetInstance()->Failed()) return;
        std::error_code ignored;
        for (const auto& folder : made) std::filesystem::remove_all(folder, ignored);
    }
};

[[noreturn]] void become(std::vector<std::string>& arguments, const std::string& output) {
    const int sink = open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int source = open("/dev/null", O_RDONLY);
    if (sink < 0 || source < 0) _exit(127);
    dup2(source, STDIN_FILENO);
    dup2(sink, STDOUT_FILENO);
    dup2(sink, STDERR_FILENO);
    std::vector<char*> raw;
    for (auto& argument : arguments) raw.push_back(argument.data());
    raw.push_back(nullptr);
    execvp(raw.front(), raw.data());
    _exit(127);
}

}  // namespace

ChildProcess::ChildProcess(std::vector<std::string> arguments, std::string output,
                           std::chrono::seconds limit)
    : output_{std::move(output)} {
    std::vector<std::string> guarded = {"timeout", "--kill-after=2", std::to_string(limit.count())};
    guarded.insert(guarded.end(), arguments.begin(), arguments.end());
    pid_ = fork();
    BW_CHECK(pid_ >= 0);
    if (pid_ == 0) become(guarded, output_);
}

ChildProcess::~ChildProcess() {
    if (!status_) terminate();
}

void ChildProcess::terminate() {
    kill(pid_, SIGTERM);  // `timeout` passes it on
    wait();
}

int ChildProcess::wait() {
    if (!status_) {
        int raw = 0;
        BW_CHECK(waitpid(pid_, &raw, 0) == pid_);
        status_ = exit_code(raw);
    }
    return *status_;
}

bool ChildProcess::running() {
    if (status_) return false;
    int raw = 0;
    if (waitpid(pid_, &raw, WNOHANG) == pid_) status_ = exit_code(raw);
    return !status_;
}

std::string ChildProcess::output() const { return read_file(output_); }

std::uint16_t free_port() {
    const int udp = socket(AF_INET, SOCK_DGRAM, 0);
    const int tcp = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    BW_CHECK(bind(udp, reinterpret_cast<sockaddr*>(&address), size) == 0);
    BW_CHECK(getsockname(udp, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    const bool both = bind(tcp, reinterpret_cast<sockaddr*>(&address), size) == 0;
    close(tcp);
    const std::uint16_t port = ntohs(address.sin_port);
    const std::uint16_t other = both ? port : free_port();  // while this one is still taken
    close(udp);
    return other;
}

bool wait_until_bound(std::uint16_t port, ChildProcess& owner, bool tcp) {
    std::ostringstream wanted;
    wanted << std::hex << std::uppercase;
    wanted.width(4);
    wanted.fill('0');
    wanted << port;
    const std::string local = "0100007F:" + wanted.str();
    for (int i = 0; i < 1000 && owner.running(); ++i) {
        if (read_file(tcp ? "/proc/net/tcp" : "/proc/net/udp").find(local) != std::string::npos)
            return true;
        poll(nullptr, 0, 10);
    }
    return false;
}

std::string fresh_folder() {
    std::string pattern = testing::TempDir() + "bellwether-sip-XXXXXX";
    BW_CHECK(mkdtemp(pattern.data()) != nullptr);
    static Folders folders;
    folders.made.push_back(pattern);
    return pattern;
}

std::string read_file(const std::string& path) {
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace bellwether::sip_test
