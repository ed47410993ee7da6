#include "dialer/app/line_input.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "campaigns/utf8.h"

namespace bellwether::app {

namespace {

constexpr std::size_t kLineBytesMax = 65'536;  // as long as a text in an expression may grow

volatile sig_atomic_t interrupted = 0;

}  // namespace

LineInput::LineInput(int descriptor) : descriptor_{descriptor} {
    interrupted = 0;
    struct sigaction stop {};
    stop.sa_handler = [](int) { interrupted = 1; };  // without SA_RESTART: it ends the wait
    sigaction(SIGINT, &stop, &before_);
    // Held back except while waiting, so that it cannot come between the look at it and the wait.
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    pthread_sigmask(SIG_BLOCK, &held, &mask_before_);
    mask_waiting_ = mask_before_;
    sigdelset(&mask_waiting_, SIGINT);  // also where whoever started us had held it back
}

LineInput::~LineInput() {
    pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
    sigaction(SIGINT, &before_, nullptr);
}

bool LineInput::is_terminal() const { return isatty(descriptor_) == 1; }

bool LineInput::fill() {
    pollfd input{descriptor_, POLLIN, 0};
    while (interrupted == 0) {
        const int ready = ppoll(&input, 1, nullptr, &mask_waiting_);
        if (ready < 0 && errno != EINTR) return false;
        if (ready <= 0) continue;
        std::array<char, 4096> piece{};
        const auto count = read(descriptor_, piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        waiting_.append(piece.data(), static_cast<std::size_t>(count));
        return true;
    }
    waiting_.clear();
    return false;
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
