#include "compliance/abandonment_account.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/check.h"
#include "compliance/zone_walk.h"

namespace bellwether::compliance {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;

constexpr days kPeriod{30};  // 47 CFR 64.1200(a)(7), 16 CFR 310.4(b)(4)(i): see LIMITS.md
// No zone has ever set its clocks back by more than a day (the largest: Manila and Alaska, by a
// calendar day when they changed sides of the date line), so older changes cannot matter.
constexpr days kSetBackMax{1};
// Below this a remainder is the rounding of `cap` itself (0.07 * 100 is 7 and a bit), not part of a
// call.
constexpr double kRounding = 1e-9;

std::chrono::seconds offset_at(const ZoneOffsets& zone, UtcTime at) {
    if (const auto stretch = stretch_at(zone, at)) return stretch->offset;
    return zone.offsets.empty() ? std::chrono::seconds{0} : zone.offsets.front().offset;
}

/// The latest time the wall clock has shown up to `at`: it does not go back when the clocks are set
/// back, so that a window once begun is never left for the one before it.
LocalTime latest_shown(const ZoneOffsets& zone, UtcTime at) {
    LocalTime latest = local_time(at, offset_at(zone, at));
    const auto stretch = stretch_at(zone, at);
    if (!stretch) return latest;
    for (std::size_t i = stretch->index; i > 0; --i) {
        const UtcTime changed = zone.offsets[i].from;
        if (changed + kSetBackMax < at) break;
        const UtcTime just_before = changed - milliseconds{1};
        latest = std::max(latest, local_time(just_before, zone.offsets[i - 1].offset));
    }
    return latest;
}

/// The first instant at which the wall clock shows `local` or later.
UtcTime first_instant(const ZoneOffsets& zone, LocalTime local) {
    const auto& offsets = zone.offsets;
    for (std::size_t i = 0; i + 1 < offsets.size(); ++i) {
        const UtcTime reached = utc_time(local, offsets[i].offset);
        const UtcTime instant = i == 0 ? reached : std::max(reached, offsets[i].from);
        if (instant < offsets[i + 1].from) return instant;
    }
    if (offsets.empty()) return utc_time(local, std::chrono::seconds{0});
    const UtcTime reached = utc_time(local, offsets.back().offset);
    return offsets.size() == 1 ? reached : std::max(reached, offsets.back().from);
}

/// The local time at which the window began that holds `shown`.
LocalTime local_start(AccountWindow window, LocalTime shown, LocalTime origin) {
    if (window.kind == WindowKind::Month) {
        const std::chrono::year_month_day date{std::chrono::floor<days>(shown)};
        return std::chrono::local_days{date.year() / date.month() / 1};
    }
    const auto length = milliseconds{nominal_length(window)};
    const LocalTime first{window.kind == WindowKind::ThirtyDays
                              ? LocalTime{std::chrono::floor<days>(origin)}
                              : LocalTime{}};
    return shown - ((shown - first) % length + length) % length;
}

}  // namespace

UtcTime window_start_of(AccountWindow window, const ZoneOffsets& zone, UtcTime at, UtcTime origin) {
    const LocalTime counted_from = local_time(origin, offset_at(zone, origin));
    return first_instant(zone, local_start(window, latest_shown(zone, at), counted_from));
}

UtcTime window_end_of(AccountWindow window, const ZoneOffsets& zone, UtcTime at, UtcTime origin) {
    const LocalTime counted_from = local_time(origin, offset_at(zone, origin));
    const LocalTime start = local_start(window, latest_shown(zone, at), counted_from);
    if (window.kind != WindowKind::Month)
        return first_instant(zone, start + nominal_length(window));
    const std::chrono::year_month_day first{std::chrono::floor<days>(start)};
    const std::chrono::year_month next{first.year() / first.month() + std::chrono::months{1}};
    return first_instant(zone, std::chrono::local_days{next / 1});
}

hours nominal_length(AccountWindow window) {
    switch (window.kind) {
        case WindowKind::Day:
            return days{1};
        case WindowKind::ThirtyDays:
        case WindowKind::Month:
            return kPeriod;
        case WindowKind::Hours:
            BW_CHECK(window.hours > 0);
            return hours{window.hours};
    }
    BW_CHECK(false);
}

double slack(const AbandonmentAccount& account, Probability cap) {
    BW_CHECK(account.abandoned >= 0);
    BW_CHECK(account.abandoned <= account.live_answers);
    const double left = cap.value() * static_cast<double>(account.live_answers) -
                        static_cast<double>(account.abandoned);
    return std::abs(left) < kRounding ? 0.0 : left;
}

}  // namespace bellwether::compliance
