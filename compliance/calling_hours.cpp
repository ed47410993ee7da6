#include "compliance/calling_hours.h"

#include <algorithm>

#include "compliance/zone_walk.h"

namespace bellwether::compliance {
namespace {

using std::chrono::days;

// Two weeks and a day: any weekly window comes round twice, even across a change of the clocks.
constexpr days kSearched{15};

bool is_on(const HoursWindow& window, std::chrono::local_days day) {
    const unsigned monday_is_0 = std::chrono::weekday{day}.iso_encoding() - 1;
    return ((window.days >> monday_is_0) & 1U) != 0;
}

bool open_at(const CallingHours& hours, UtcTime at) {
    const auto stretch = stretch_at(hours.zone, at);
    if (!stretch) return false;

    const LocalTime local = local_time(at, stretch->offset);
    const auto day = std::chrono::floor<days>(local);
    const auto time_of_day = local - day;
    return std::ranges::any_of(hours.windows, [&](const HoursWindow& window) {
        return is_on(window, day) && window.from <= time_of_day && time_of_day < window.to;
    });
}

/// The next instant at which anything could change: an edge of a window, midnight, or the zone's
/// next offset. None: nothing ever changes again (the zone has no data).
std::optional<UtcTime> next_edge(const CallingHours& hours, UtcTime at) {
    const auto stretch = stretch_at(hours.zone, at);
    if (!stretch) {
        if (hours.zone.offsets.empty()) return std::nullopt;
        return hours.zone.offsets.front().from;
    }
    const LocalTime local = local_time(at, stretch->offset);
    const LocalTime day = std::chrono::floor<days>(local);
    LocalTime edge = day + days{1};
    for (const HoursWindow& window : hours.windows) {
        if (day + window.from > local) edge = std::min(edge, day + window.from);
        if (day + window.to > local) edge = std::min(edge, day + window.to);
    }
    const UtcTime next = utc_time(edge, stretch->offset);
    return stretch->end ? std::min(next, *stretch->end) : next;
}

}  // namespace

HoursVerdict check_hours(const CallingHours& hours, UtcTime at) {
    const bool open = open_at(hours, at);
    for (auto edge = next_edge(hours, at); edge && *edge <= at + kSearched;
         edge = next_edge(hours, *edge)) {
        if (open_at(hours, *edge) != open) return {.open = open, .until = edge};
    }
    return {.open = open, .until = std::nullopt};
}

int hour_of_week(const ZoneOffsets& zone, UtcTime at) {
    const auto stretch = stretch_at(zone, at);
    const LocalTime local = local_time(at, stretch ? stretch->offset : std::chrono::seconds{0});
    const auto day = std::chrono::floor<std::chrono::days>(local);
    constexpr int kHoursPerDay = 24;
    const auto weekday = static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1;
    const auto hour = std::chrono::floor<std::chrono::hours>(local - day).count();
    return weekday * kHoursPerDay + static_cast<int>(hour);
}

}  // namespace bellwether::compliance
