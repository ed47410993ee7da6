#pragma once

#include <optional>

#include "compliance/policy/facts.h"

namespace bellwether::compliance::policy {

/// Calls must find a common instant of all hours within so long (research/compliance.md §3.3).
inline constexpr std::chrono::days kSearched{14};

/// Is it a rule that only asks for another time: a window, a holiday, a frequency, a spacing?
[[nodiscard]] bool is_temporal(const Rule& rule);

/// The zones of a rule's hours: those the person may be in are known, and those the rule names are
/// at hand. Otherwise nothing can be said.
[[nodiscard]] bool knows_zones(const Rule& rule, const Facts& facts);

/// May a call start at `at`, as far as this temporal rule goes? knows_zones() must hold.
[[nodiscard]] bool passes(const Rule& rule, const Facts& facts, UtcTime at);

/// The first instant from `at` on at which the rule passes, as things stand; none: not until
/// `last`, which bounds hours alone. knows_zones() must hold.
[[nodiscard]] std::optional<UtcTime> next_pass(const Rule& rule, const Facts& facts, UtcTime at,
                                               UtcTime last);

// The same for one of the campaign's own windows.
[[nodiscard]] bool passes(const HouseWindow& window, const Facts& facts, UtcTime at);
[[nodiscard]] std::optional<UtcTime> next_pass(const HouseWindow& window, const Facts& facts,
                                               UtcTime at, UtcTime last);

/// Is the window kept for calls of the case's purpose?
[[nodiscard]] bool speaks_of(const HouseWindow& window, const Facts& facts);

}  // namespace bellwether::compliance::policy
