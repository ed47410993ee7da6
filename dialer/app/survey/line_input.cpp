#include "dialer/app/survey/line_input.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>

#include "campaigns/utf8.h"

namespace bellwether::app {

namespace {

constexpr std::size_t kLineBytesMax = 65'536;  // as long as a text in an expression may grow

// Counts the signals, and wakes whoever waits on it, whichever thread the signal was given to.
volatile sig_atomic_t wake_descriptor = -1;

}  // namespace

LineInput::LineInput(int descriptor)
    : descriptor_{descriptor}, interrupts_{eventfd(0, EFD_CLOEXEC)} {
    wake_descriptor = interrupts_;
    struct sigaction stop {};
    stop.sa_handler = [](int) {
        const int before = errno;
        const std::uint64_t one = 1;
        (void)!write(wake_descriptor, &one, sizeof one);
        errno = before;
    };
    sigaction(SIGINT, &stop, &before_);
    sigset_t wanted;  // also where whoever started us had held it back
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGINT);
    pthread_sigmask(SIG_UNBLOCK, &wanted, &mask_before_);
}

LineInput::~LineInput() {
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
    sigaction(SIGINT, &before_, nullptr);
    wake_descriptor = -1;
    close(interrupts_);
}

bool LineInput::is_terminal() const { return isatty(descriptor_) == 1; }

bool LineInput::fill() {
    std::array<pollfd, 2> ends{pollfd{descriptor_, POLLIN, 0}, pollfd{interrupts_, POLLIN, 0}};
    while (true) {
        const int ready = poll(ends.data(), ends.size(), -1);
        if (ready < 0 && errno != EINTR) return false;
        if (ready <= 0) continue;
        if (ends[1].revents != 0) {
            waiting_.clear();
            return false;
        }
        std::array<char, 4096> piece{};
        const auto count = read(descriptor_, piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        waiting_.append(piece.data(), static_cast<std::size_t>(count));
        return true;
    }
}

Result<std::optional<std::string>> LineInput::next() {
    ++line_;
    auto end = waiting_.find('\n');
    while (end == std::string::npos && !ended_) {
        if (waiting_.size() > kLineBytesMax) break;
        ended_ = !fill();
        end = waiting_.find('\n');
    }
    if (end == std::string::npos && waiting_.empty()) return std::nullopt;
    std::string line = waiting_.substr(0, end);
    waiting_.erase(0, end == std::string::npos ? end : end + 1);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.size() > kLineBytesMax) {
        return fail(Errc::InvalidInput, fmt::format("line {} of the input is longer than {} bytes",
                                                    line_, kLineBytesMax));
    }
    if (const auto at = campaigns::first_invalid_utf8(line)) {
        return fail(Errc::InvalidInput,
                    fmt::format("line {} of the input: byte {} is not UTF-8", line_, *at + 1));
    }
    return line;
}

}  // namespace bellwether::app
