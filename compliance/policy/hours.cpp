#include "compliance/policy/hours.h"

#include <algorithm>

#include "compliance/zone_walk.h"

namespace bellwether::compliance::policy {
namespace {

using std::chrono::days;

bool is_on(const HoursWindow& window, std::chrono::local_days day) {
    const unsigned monday_is_0 = std::chrono::weekday{day}.iso_encoding() - 1;
    return ((window.days >> monday_is_0) & 1U) != 0;
}

bool is_open(const Hours& hours, LocalTime local) {
    const auto day = std::chrono::floor<days>(local);
    const bool needs_date = hours.in_force.from || hours.in_force.to || !hours.closed_days.empty();
    if (needs_date) {
        const Date date{day};
        if (!hours.in_force.has(date)) return true;
        if (std::ranges::find(hours.closed_days, date) != hours.closed_days.end()) return false;
    }
    const auto time_of_day = local - day;
    return std::ranges::any_of(hours.weekly, [&](const HoursWindow& window) {
        return is_on(window, day) && window.from <= time_of_day && time_of_day < window.to;
    });
}

/// Whether it is open at an instant, and the next at which that could change: an edge of a window,
/// midnight, or the zone's next offset.
struct Look {
    bool open = false;
    std::optional<UtcTime> edge;
};

Look look(const Hours& hours, const ZoneOffsets& zone, UtcTime at) {
    const auto stretch = stretch_at(zone, at);
    if (!stretch) {
        if (zone.offsets.empty()) return {};
        return {false, zone.offsets.front().from};
    }
    const LocalTime local = local_time(at, stretch->offset);
    const LocalTime day = std::chrono::floor<days>(local);
    LocalTime edge = day + days{1};
    for (const HoursWindow& window : hours.weekly) {
        if (day + window.from > local) edge = std::min(edge, day + window.from);
        if (day + window.to > local) edge = std::min(edge, day + window.to);
    }
    const UtcTime next = utc_time(edge, stretch->offset);
    return {is_open(hours, local), stretch->end ? std::min(next, *stretch->end) : next};
}

/// Is it open from `at`, which is, without a break until after at + guard?
bool stays_open(const Hours& hours, const ZoneOffsets& zone, UtcTime at,
                std::optional<UtcTime> edge, std::chrono::seconds guard) {
    while (edge && *edge <= at + guard) {
        const Look then = look(hours, zone, *edge);
        if (!then.open) return false;
        edge = then.edge;
    }
    return true;
}

}  // namespace

bool may_start(const Hours& hours, const ZoneOffsets& zone, UtcTime at,
               std::chrono::seconds guard) {
    const Look now = look(hours, zone, at);
    return now.open && stays_open(hours, zone, at, now.edge, guard);
}

std::optional<UtcTime> next_start(const Hours& hours, const ZoneOffsets& zone, UtcTime at,
                                  UtcTime last, std::chrono::seconds guard) {
    for (std::optional<UtcTime> when = at; when && *when <= last;) {
        const Look then = look(hours, zone, *when);
        if (then.open && stays_open(hours, zone, *when, then.edge, guard)) return when;
        when = then.edge;
    }
    return std::nullopt;
}

}  // namespace bellwether::compliance::policy
