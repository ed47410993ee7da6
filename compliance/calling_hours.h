#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace bellwether::compliance {

/// From this instant on, local time is UTC plus `offset`.
struct ZoneOffset {
    UtcTime from;
    std::chrono::seconds offset;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("from", self.from);
        visit("offset_s", self.offset);
    }
};

/// A time zone as plain data: its offsets in rising order of `from`. An adapter reads them from the
/// host's zone database and hands them in, so that a decision can be replayed on a host with
/// another database.
struct ZoneOffsets {
    std::string name;                 ///< IANA name, "Europe/Amsterdam"
    std::vector<ZoneOffset> offsets;  ///< must not be empty; must begin before the first decision

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("name", self.name);
        visit("offsets", self.offsets);
    }
};

/// When calls may be made, in the zone's local time, on the named days.
struct HoursWindow {
    std::uint8_t days = 0;         ///< bit 0 Monday .. bit 6 Sunday; 1..127
    std::chrono::minutes from{0};  ///< of the local day, 0..1440
    std::chrono::minutes to{0};  ///< exclusive; from < to <= 1440 (a window never crosses midnight)

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("days", self.days);
        visit("from_min", self.from);
        visit("to_min", self.to);
    }
};

struct CallingHours {
    ZoneOffsets zone;
    std::vector<HoursWindow> windows;  ///< empty: never open

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("zone", self.zone);
        visit("windows", self.windows);
    }
};

struct HoursVerdict {
    bool open;
    /// While open: the first instant that is closed. While closed: the first that is open again;
    /// none if there is no such instant within 15 days.
    std::optional<UtcTime> until;
};

/// Is `at` inside the calling hours? An offset that the zone's data does not cover counts as
/// closed. Cannot fail. O(days searched x windows).
[[nodiscard]] HoursVerdict check_hours(const CallingHours& hours, UtcTime at);

/// Which hour of the week the zone's clocks show: 0 is Monday 00:00 to 00:59, 167 Sunday 23:00 to
/// 23:59. Outside the zone's data: UTC. Cannot fail.
[[nodiscard]] int hour_of_week(const ZoneOffsets& zone, UtcTime at);

}  // namespace bellwether::compliance
