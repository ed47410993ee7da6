#pragma once

#include <termios.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace bellwether::app {

/// The terminal of this process as a screen: its other screen, keys one by one, no echo. All of it
/// is given back when it ends, also by SIGTERM, SIGHUP or Ctrl-C (read as a key). One at a time.
class Terminal {
public:
    /// Are standard input and output a terminal?
    [[nodiscard]] static bool is_there();

    /// Errors: Unavailable: its settings cannot be changed.
    [[nodiscard]] static Result<Terminal> take();
    ~Terminal();
    Terminal(Terminal&& other) noexcept;
    Terminal& operator=(Terminal&&) = delete;

    struct Size {
        int columns = 80;
        int rows = 24;
        friend bool operator==(const Size&, const Size&) = default;
    };
    [[nodiscard]] static Size size();

    /// Shows these lines; writes only those that changed since the last time, in one piece.
    void show(const std::vector<std::string>& lines);
    /// What was shown is no longer there (another size): the next show() writes all of it.
    void forget() { shown_.clear(); }

    /// A key, if one comes in time; 'q' where the process is to end. A change of size ends the
    /// wait.
    [[nodiscard]] std::optional<char> wait_for_key(std::chrono::milliseconds patience);

private:
    explicit Terminal(const termios& before) : before_{before} {}

    termios before_{};
    bool owns_ = true;
    std::vector<std::string> shown_;
};

}  // namespace bellwether::app
