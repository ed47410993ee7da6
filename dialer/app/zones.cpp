#include "dialer/app/zones.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <exception>
#include <fstream>
#include <string>
#include <vector>

#include "base/nearest_name.h"

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

}  // namespace bellwether::app
