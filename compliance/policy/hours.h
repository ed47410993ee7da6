#pragma once

#include <optional>
#include <span>

#include "compliance/policy/dial_case.h"

namespace bellwether::compliance::policy {

/// Hours of some days, between some dates; open all day on dates outside these. Views.
struct Hours {
    std::span<const HoursWindow> weekly;
    std::span<const Date> closed_days;  ///< of the calendar, closed all day
    DateRange in_force{};
};

/// May a call start at `at`: are the hours open, and do they stay open for longer than `guard`?
/// Outside the zone's data: no. Cannot fail.
[[nodiscard]] bool may_start(const Hours& hours, const ZoneOffsets& zone, UtcTime at,
                             std::chrono::seconds guard);

/// The first instant from `at` on, up to `last`, at which a call may start; none: there is none.
/// Exact to the millisecond across changes of the clocks. O(edges between).
[[nodiscard]] std::optional<UtcTime> next_start(const Hours& hours, const ZoneOffsets& zone,
                                                UtcTime at, UtcTime last,
                                                std::chrono::seconds guard);

}  // namespace bellwether::compliance::policy
