#pragma once

#include <span>

#include "compliance/policy/dial_case.h"

namespace bellwether::compliance::policy {

/// The first and the last calendar day that it is now, over some zones. They differ where it is
/// past midnight in one and not in another: then whatever binds on either day binds.
struct Today {
    Date first;
    Date last;
};

/// Zones without data count as the day before and after that of UTC; so do no zones at all.
[[nodiscard]] Today today(std::span<const Zone> zones, UtcTime now);

/// Today over two groups of zones together.
[[nodiscard]] Today joined(Today a, Today b);

/// Has `when` begun, everywhere (`surely`) or anywhere? Days begin at the local midnight.
[[nodiscard]] bool has_surely_begun(const When& when, UtcTime now, Today number_today);
[[nodiscard]] bool may_have_begun(const When& when, UtcTime now, Today number_today);

/// The day of `when` as the zones' clocks showed it: the earliest or the latest. Where the zones'
/// data begins later, their first known offset is taken.
[[nodiscard]] Date earliest_day(const When& when, std::span<const Zone> zones);
[[nodiscard]] Date latest_day(const When& when, std::span<const Zone> zones);

/// So many calendar months later; where that month has no such day, its last one.
[[nodiscard]] Date months_after(Date date, int months);

[[nodiscard]] Date days_after(Date date, int days);

}  // namespace bellwether::compliance::policy
