#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/probability.h"
#include "base/result.h"

namespace bellwether::app {

/// A duration as users write it: a number and ms, s, m, h or d; "20s", "1.5h", "500ms". Never
/// negative, at most 10000 days. InvalidInput says what is wrong with it.
[[nodiscard]] Result<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The inverse, in the largest unit that takes a whole number: "90s", "2h".
[[nodiscard]] std::string format_duration(std::chrono::milliseconds duration);

/// A share as users write it: "3%", "0.5%"; 0% to 100%.
[[nodiscard]] Result<Probability> parse_percent(std::string_view text);
[[nodiscard]] std::string format_percent(Probability share);

/// A time of day, "HH:MM" from 00:00 to 24:00.
[[nodiscard]] Result<std::chrono::minutes> parse_time_of_day(std::string_view text);

/// A number without trailing zeros: "2.5", "10".
[[nodiscard]] std::string format_number(double number);

}  // namespace bellwether::app
