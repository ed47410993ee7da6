#include "dialer/app/survey/child_program.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

extern char** environ;

namespace bellwether::app {

namespace {

constexpr std::size_t kComplaintBytesMax = 4096;
constexpr int kSignalled = 128;  // as shells report a death by signal

/// The reading end of a pipe; the writing end is the child's.
class Pipe {
public:
    Pipe() { made_ = pipe2(ends_.data(), O_CLOEXEC) == 0; }
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    [[nodiscard]] bool made() const { return made_; }
    [[nodiscard]] int to_read() const { return ends_[0]; }
    [[nodiscard]] int to_write() const { return ends_[1]; }
    void close_end(std::size_t end) {
        if (made_ && ends_[end] >= 0) close(ends_[end]);
        ends_[end] = -1;
    }

private:
    std::array<int, 2> ends_{-1, -1};
    bool made_ = false;
};

/// One run of one program.
class Child {
public:
    explicit Child(const ChildLimits& limits) : limits_{limits} {}

    Result<ChildEnd> run(std::vector<std::string> words) {
        if (!out_.made() || !err_.made())
            return fail(Errc::Unavailable, "no pipe can be made: too many files are open");
        if (const int error = start(words); error != 0) {
            return fail(error == ENOENT ? Errc::NotFound : Errc::Unavailable,
                        fmt::format("cannot run {}: {}", words[0], std::strerror(error)));
        }
        const rlimit memory{limits_.memory_bytes_max, limits_.memory_bytes_max};
        (void)prlimit(pid_, RLIMIT_AS, &memory, nullptr);  // fails only if it has ended already
        out_.close_end(1);
        err_.close_end(1);
        const bool whole = listen();
        if (!whole) kill(pid_, SIGKILL);
        int status = 0;
        while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        if (!whole) {
            return fail(Errc::Exhausted,
                        fmt::format("{} took longer or printed more than allowed", words[0]));
        }
        end_.code = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalled + WTERMSIG(status);
        return std::move(end_);
    }

private:
    int start(std::vector<std::string>& words) {
        std::vector<char*> arguments;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, out_.to_write(), STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, err_.to_write(), STDERR_FILENO);
        const int error =
            posix_spawnp(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }

    /// Takes what it prints until it closes both pipes.
    /// @return false: a limit was reached.
    bool listen() {
        const auto deadline = std::chrono::steady_clock::now() + limits_.within;
        std::array<pollfd, 2> ends{pollfd{out_.to_read(), POLLIN, 0},
                                   pollfd{err_.to_read(), POLLIN, 0}};
        while (ends[0].fd >= 0 || ends[1].fd >= 0) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(
                deadline - std::chrono::steady_clock::now());
            if (left.count() <= 0) return false;
            const int ready = poll(ends.data(), ends.size(), static_cast<int>(left.count()));
            if (ready < 0 && errno != EINTR) return false;
            if (ready <= 0) continue;
            if (ends[0].revents != 0 && !take(ends[0], end_.out)) ends[0].fd = -1;
            if (ends[1].revents != 0 && !take(ends[1], end_.err)) ends[1].fd = -1;
            if (end_.out.size() > limits_.output_bytes_max) return false;
            end_.err.resize(std::min(end_.err.size(), kComplaintBytesMax));
        }
        return true;
    }

    /// @return false: nothing more will come.
    static bool take(const pollfd& end, std::string& text) {
        std::array<char, 65'536> piece{};
        const auto count = read(end.fd, piece.data(), piece.size());
        if (count < 0) return errno == EINTR;
        text.append(piece.data(), static_cast<std::size_t>(count));
        return count > 0;
    }

    const ChildLimits& limits_;
    Pipe out_;
    Pipe err_;
    pid_t pid_ = 0;
    ChildEnd end_;
};

}  // namespace

Result<ChildEnd> run_program(std::vector<std::string> words, const ChildLimits& limits) {
    return Child{limits}.run(std::move(words));
}

}  // namespace bellwether::app
