#include "dialer/app/policy/zones.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <string>
#include <vector>

#include "base/nearest_name.h"
#include "compliance/places/number_place.h"
#include "compliance/zone_walk.h"

namespace bellwether::app {

namespace {

using std::chrono::floor;
using std::chrono::seconds;

constexpr auto kBefore = std::chrono::hours{48};
constexpr auto kAfter = std::chrono::hours{24 * 3653};

std::vector<std::string_view> zone_names() {
    std::vector<std::string_view> all;
    for (const auto& zone : date::get_tzdb().zones) all.emplace_back(zone.name());
    return all;
}

tl::unexpected<Error> unknown_zone(std::string_view name) {
    const auto near = nearest_name(name, zone_names());
    const std::string mend =
        !near ? "write an IANA name, as Europe/Amsterdam" : fmt::format("did you mean {}?", *near);
    return fail(Errc::NotFound, fmt::format("\"{}\" is not a time zone: {}", name, mend));
}

compliance::ZoneOffsets walk(const date::time_zone& zone, UtcTime now) {
    compliance::ZoneOffsets result{zone.name(), {}};
    auto at = floor<seconds>(now) - kBefore;
    const auto last = floor<seconds>(now) + kAfter;
    while (at < last) {
        const date::sys_info info = zone.get_info(at);
        const bool changed = result.offsets.empty() || result.offsets.back().offset != info.offset;
        if (changed) result.offsets.push_back({at, info.offset});
        at = info.end;
    }
    return result;
}

}  // namespace

Result<compliance::ZoneOffsets> zone_offsets(std::string_view name, UtcTime now) {
    try {
        const auto& database = date::get_tzdb();
        for (const auto& zone : database.zones) {
            if (zone.name() == name) return walk(zone, now);
        }
        return unknown_zone(name);
    } catch (const std::exception& error) {
        return fail(Errc::Unavailable,
                    fmt::format("the host's time zones cannot be read: {}", error.what()));
    }
}

Result<std::string> tzdata_version() {
    constexpr std::string_view kStart = "# version ";
    const char* const file = "/usr/share/zoneinfo/tzdata.zi";
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    if (line.rfind(kStart, 0) != 0 || line.size() == kStart.size()) {
        return fail(Errc::Unavailable, fmt::format("{} does not begin with its version", file));
    }
    return line.substr(kStart.size());
}

namespace {

#ifndef USE_OS_TZDB
#error "date is used without the settings of its CMake target: link date::date-tz"
#endif

/// What a zone's clocks showed at an instant that no later law can change.
struct KnownOffset {
    const char* zone;
    std::chrono::year_month_day day;
    std::chrono::minutes offset;
};

using std::chrono::minutes;
using std::chrono::operator""y;

// Standard and summer time by each country's law of that year; half hours; a former name.
constexpr KnownOffset kKnownOffsets[] = {
    {"America/New_York", 2024y / 1 / 15, minutes{-300}},
    {"America/New_York", 2024y / 7 / 15, minutes{-240}},
    {"America/Phoenix", 2024y / 7 / 15, minutes{-420}},
    {"Europe/London", 2024y / 7 / 15, minutes{60}},
    {"Europe/Kyiv", 2024y / 1 / 15, minutes{120}},
    {"Europe/Kiev", 2024y / 1 / 15, minutes{120}},
    {"Asia/Kolkata", 2024y / 7 / 15, minutes{330}},
    {"Australia/Lord_Howe", 2024y / 1 / 15, minutes{660}},
    {"Australia/Lord_Howe", 2024y / 7 / 15, minutes{630}},
};

tl::unexpected<Error> misread(std::string_view zone) {
    return fail(
        Errc::Unavailable,
        fmt::format("the host's time zones are not read rightly ({}): nothing may be dialed "
                    "by them; reinstall tzdata, and build with scripts/setup's packages",
                    zone));
}

}  // namespace

Result<void> check_zone_database() {
    for (const KnownOffset& known : kKnownOffsets) {
        const auto zone = zone_offsets(known.zone, std::chrono::sys_days{known.day});
        if (!zone) return tl::unexpected<Error>{zone.error()};
        const auto at = compliance::stretch_at(*zone, std::chrono::sys_days{known.day});
        if (!at || at->offset != known.offset) return misread(known.zone);
    }
    if (zone_offsets("Nowhere/Atlantis", std::chrono::sys_days{2024y / 1 / 15})) {
        return misread("an unknown zone was found");
    }
    try {
        for (const std::string_view name : compliance::places::all_zones()) {
            static_cast<void>(date::locate_zone(std::string{name}));
        }
    } catch (const std::exception& error) {
        return fail(
            Errc::Unavailable,
            fmt::format("the table of numbers names a zone that the host does not know: {}; "
                        "update tzdata",
                        error.what()));
    }
    return {};
}

}  // namespace bellwether::app
