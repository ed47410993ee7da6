#include "dialer/app/commands/terminal.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>

namespace bellwether::app {

namespace {

constexpr const char* kOtherScreen = "\x1b[?1049h\x1b[?25l\x1b[2J";  // and no cursor
constexpr const char* kOwnScreen = "\x1b[?25h\x1b[?1049l";
constexpr char kControlC = 3;

// Written by a signal handler, read by the one thread that watches.
volatile std::sig_atomic_t end_asked = 0;
volatile std::sig_atomic_t size_changed = 0;

void on_end(int) { end_asked = 1; }
void on_size(int) { size_changed = 1; }

void handle(int signal, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;  // without SA_RESTART: poll() must return
    ::sigaction(signal, &action, nullptr);
}

void put(const std::string& text) {
    std::size_t written = 0;
    while (written < text.size()) {
        const auto count = ::write(STDOUT_FILENO, text.data() + written, text.size() - written);
        if (count <= 0) return;  // the terminal is gone: the next key says so
        written += static_cast<std::size_t>(count);
    }
}

}  // namespace

bool Terminal::is_there() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1; }

Result<Terminal> Terminal::take() {
    termios before{};
    if (::tcgetattr(STDIN_FILENO, &before) != 0)
        return fail(Errc::Unavailable, "the terminal's settings cannot be read");
    termios raw = before;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    if (::tcsetattr(STDIN_FILENO, TCSANOW, &raw) != 0)
        return fail(Errc::Unavailable, "the terminal's settings cannot be changed");
    for (const int signal : {SIGTERM, SIGHUP, SIGINT}) handle(signal, on_end);
    handle(SIGWINCH, on_size);
    put(kOtherScreen);
    return Terminal{before};
}

Terminal::Terminal(Terminal&& other) noexcept
    : before_{other.before_}, shown_{std::move(other.shown_)} {
    other.owns_ = false;
}

Terminal::~Terminal() {
    if (!owns_) return;
    put(kOwnScreen);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
}

Terminal::Size Terminal::size() {
    winsize window{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) != 0 || window.ws_col == 0) return {};
    return {window.ws_col, window.ws_row};
}

void Terminal::show(const std::vector<std::string>& lines) {
    std::string text;
    if (shown_.empty()) text = "\x1b[2J";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i < shown_.size() && shown_[i] == lines[i]) continue;
        text += fmt::format("\x1b[{};1H\x1b[2K{}", i + 1, lines[i]);
    }
    for (std::size_t i = lines.size(); i < shown_.size(); ++i)
        text += fmt::format("\x1b[{};1H\x1b[2K", i + 1);
    if (!text.empty()) put(text);
    shown_ = lines;
}

std::optional<char> Terminal::wait_for_key(std::chrono::milliseconds patience) {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    const int ready = ::poll(&input, 1, static_cast<int>(patience.count()));
    if (end_asked != 0) return 'q';
    if (size_changed != 0) {
        size_changed = 0;
        forget();
    }
    if (ready <= 0) return std::nullopt;
    char key = 0;
    if (::read(STDIN_FILENO, &key, 1) != 1) return 'q';  // nobody is there any more
    return key == kControlC ? 'q' : key;
}

}  // namespace bellwether::app
