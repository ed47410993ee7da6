#include "compliance/policy/dates.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "compliance/zone_walk.h"

namespace bellwether::compliance::policy {
namespace {

Date day_of(LocalTime local) { return Date{std::chrono::floor<std::chrono::days>(local)}; }

std::chrono::seconds nearest_offset(const ZoneOffsets& zone, UtcTime at) {
    if (const auto stretch = stretch_at(zone, at)) return stretch->offset;
    return zone.offsets.empty() ? std::chrono::seconds{0} : zone.offsets.front().offset;
}

}  // namespace

Today today(std::span<const Zone> zones, UtcTime now) {
    std::optional<Today> days;
    for (const Zone zone : zones) {
        const auto stretch = stretch_at(*zone, now);
        if (!stretch) continue;
        const Date day = day_of(local_time(now, stretch->offset));
        days = days ? joined(*days, {day, day}) : Today{day, day};
    }
    if (days) return *days;
    const Date utc = day_of(local_time(now, std::chrono::seconds{0}));
    return {days_after(utc, -1), days_after(utc, 1)};
}

Today joined(Today a, Today b) { return {std::min(a.first, b.first), std::max(a.last, b.last)}; }

bool has_surely_begun(const When& when, UtcTime now, Today number_today) {
    return when.instant ? *when.instant <= now : when.day <= number_today.first;
}

bool may_have_begun(const When& when, UtcTime now, Today number_today) {
    return when.instant ? *when.instant <= now : when.day <= number_today.last;
}

Date earliest_day(const When& when, std::span<const Zone> zones) {
    if (!when.instant) return when.day;
    if (zones.empty()) return today(zones, *when.instant).first;
    const auto day = [&](Zone zone) {
        return day_of(local_time(*when.instant, nearest_offset(*zone, *when.instant)));
    };
    Date earliest = day(zones.front());
    for (const Zone zone : zones) earliest = std::min(earliest, day(zone));
    return earliest;
}

Date latest_day(const When& when, std::span<const Zone> zones) {
    if (!when.instant) return when.day;
    if (zones.empty()) return today(zones, *when.instant).last;
    const auto day = [&](Zone zone) {
        return day_of(local_time(*when.instant, nearest_offset(*zone, *when.instant)));
    };
    Date latest = day(zones.front());
    for (const Zone zone : zones) latest = std::max(latest, day(zone));
    return latest;
}

Date months_after(Date date, int months) {
    const Date later = date + std::chrono::months{months};
    return later.ok() ? later : Date{later.year() / later.month() / std::chrono::last};
}

Date days_after(Date date, int days) {
    return Date{std::chrono::local_days{date} + std::chrono::days{days}};
}

}  // namespace bellwether::compliance::policy
