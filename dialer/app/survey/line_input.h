#pragma once

#include <signal.h>

#include <optional>
#include <string>

#include "base/result.h"

namespace bellwether::app {

/// Lines from a terminal or a pipe, until its end or Ctrl-C. While it lives, Ctrl-C does not end
/// the process. One at a time.
class LineInput {
public:
    /// @param descriptor  stays open; nobody else may read from it.
    explicit LineInput(int descriptor);
    ~LineInput();
    LineInput(const LineInput&) = delete;
    LineInput& operator=(const LineInput&) = delete;

    /// Waits for the next line, and gives it without its end. None: no more will come, or Ctrl-C
    /// was pressed. InvalidInput: the line is longer than 64 KiB or no UTF-8.
    [[nodiscard]] Result<std::optional<std::string>> next();
    /// Is it a terminal, which shows by itself what is typed?
    [[nodiscard]] bool is_terminal() const;

private:
    /// @return false: nothing more will come.
    [[nodiscard]] bool fill();

    const int descriptor_;
    const int interrupts_;  // an eventfd: readable once Ctrl-C was pressed
    struct sigaction before_ {};
    sigset_t mask_before_{};
    std::string waiting_;  ///< read, and not yet given
    bool ended_ = false;
    std::size_t line_ = 0;  ///< given so far, for messages
};

}  // namespace bellwether::app
