#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "compliance/calling_hours.h"

namespace bellwether::compliance {

// The shapes of tests/compliance/calling_hours_reference.inc; times in seconds of UTC.

struct ReferenceOffset {
    std::int64_t from;
    int offset;
};
struct ReferenceZone {
    const char* name;
    std::vector<ReferenceOffset> offsets;
};
struct ReferenceWindowOfDay {
    int days;
    int from;
    int to;
};
struct ReferenceHours {
    const char* name;
    std::vector<ReferenceWindowOfDay> windows;
};
struct ReferenceVerdict {
    const char* zone;
    const char* hours;
    std::int64_t at;
    bool open;
    std::int64_t until;  // -1: none
};
struct ReferenceWindow {
    const char* zone;
    std::int64_t at;
    std::int64_t day;
    std::int64_t thirty_days;
};

#include "tests/compliance/calling_hours_reference.inc"

inline UtcTime utc_seconds(std::int64_t seconds) { return UtcTime{std::chrono::seconds{seconds}}; }

inline ZoneOffsets zone_named(std::string_view name) {
    for (const ReferenceZone& zone : kReferenceZones) {
        if (zone.name != name) continue;
        ZoneOffsets offsets{.name = zone.name, .offsets = {}};
        for (const ReferenceOffset& entry : zone.offsets) {
            offsets.offsets.push_back(
                {.from = utc_seconds(entry.from), .offset = std::chrono::seconds{entry.offset}});
        }
        return offsets;
    }
    BW_CHECK(false);
    return {};
}

inline std::vector<HoursWindow> windows_named(std::string_view name) {
    for (const ReferenceHours& hours : kReferenceHours) {
        if (hours.name != name) continue;
        std::vector<HoursWindow> windows;
        for (const ReferenceWindowOfDay& window : hours.windows) {
            windows.push_back({.days = static_cast<std::uint8_t>(window.days),
                               .from = std::chrono::minutes{window.from},
                               .to = std::chrono::minutes{window.to}});
        }
        return windows;
    }
    BW_CHECK(false);
    return {};
}

}  // namespace bellwether::compliance
