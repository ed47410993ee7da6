#include "dialer/app/policy/zone_shelf.h"

#include "dialer/app/policy/zones.h"

namespace bellwether::app {

const compliance::ZoneOffsets* ZoneShelf::find(std::string_view name, UtcTime now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const auto [place, is_new] = zones_.try_emplace(Key{std::string{name}, day});
    if (is_new) {
        auto zone = zone_offsets(name, day);
        if (zone) {
            place->second = std::make_unique<const compliance::ZoneOffsets>(std::move(*zone));
        }
    }
    return place->second.get();
}

}  // namespace bellwether::app
