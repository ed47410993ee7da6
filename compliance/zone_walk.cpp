#include "compliance/zone_walk.h"

#include <algorithm>

namespace bellwether::compliance {

std::optional<ZoneStretch> stretch_at(const ZoneOffsets& zone, UtcTime at) {
    const auto& offsets = zone.offsets;
    const auto after = std::ranges::upper_bound(offsets, at, {}, &ZoneOffset::from);
    if (after == offsets.begin()) return std::nullopt;

    ZoneStretch stretch{.index = static_cast<std::size_t>(after - offsets.begin()) - 1,
                        .offset = (after - 1)->offset,
                        .end = std::nullopt};
    if (after != offsets.end()) stretch.end = after->from;
    return stretch;
}

LocalTime local_time(UtcTime at, std::chrono::seconds offset) {
    return LocalTime{at.time_since_epoch() + offset};
}

UtcTime utc_time(LocalTime local, std::chrono::seconds offset) {
    return UtcTime{local.time_since_epoch() - offset};
}

}  // namespace bellwether::compliance
