#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "campaigns/outcome.h"
#include "pacing/dial_mode.h"

namespace bellwether::app {

/// A dial mode by our name or VICIdial's dial method (research/field.md), case ignored.
/// InvalidInput with the nearest name.
[[nodiscard]] Result<pacing::DialMode> parse_dial_mode(std::string_view word);

/// An outcome by our name or VICIdial's status (B, NA, DROP, …), case ignored.
[[nodiscard]] Result<campaigns::Outcome> parse_outcome(std::string_view word);

/// Days of the week as bits (0 Monday .. 6 Sunday): "Mon-Fri", "Sat", "Mon,Wed,Fri-Sun", "daily".
[[nodiscard]] Result<std::uint8_t> parse_days(std::string_view text);

/// A key of the telephone: one of 0-9 * #.
[[nodiscard]] Result<char> parse_key(std::string_view text);

/// A name that stands in commands, URLs and reports: 1 to 64 of letters, digits, '_', '-', '.';
/// begins with a letter or digit.
[[nodiscard]] Result<void> check_name(std::string_view name);

}  // namespace bellwether::app
