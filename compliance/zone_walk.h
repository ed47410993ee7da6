#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

#include "base/time.h"
#include "compliance/calling_hours.h"

namespace bellwether::compliance {

/// A clock on the wall: UtcTime plus an offset, counted from 1970-01-01 00:00 on that wall.
using LocalTime = std::chrono::local_time<std::chrono::milliseconds>;

/// The stretch of a zone's data in which one offset holds: from its own `from` up to `end`.
struct ZoneStretch {
    std::size_t index;
    std::chrono::seconds offset;
    std::optional<UtcTime> end;  ///< exclusive; none: the last one, holds on
};

/// The stretch that holds `at`; none if the data begins later or is empty. O(log n).
[[nodiscard]] std::optional<ZoneStretch> stretch_at(const ZoneOffsets& zone, UtcTime at);

/// What a wall clock with this offset shows at `at`.
[[nodiscard]] LocalTime local_time(UtcTime at, std::chrono::seconds offset);

/// When a wall clock with this offset shows `local`.
[[nodiscard]] UtcTime utc_time(LocalTime local, std::chrono::seconds offset);

}  // namespace bellwether::compliance
