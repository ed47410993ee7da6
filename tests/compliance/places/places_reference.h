#pragma once

#include <array>
#include <ostream>
#include <string_view>

#include "base/enum_names.h"

namespace bellwether::compliance::places {

/// How the table's zones must stand to those of a row.
enum class Zones {
    ByPrefix,  ///< place_of() has exactly these
    ByArea,    ///< area_of() has exactly these
    Among,     ///< place_of() has these, and perhaps more
};

struct ReferenceRow {
    std::string_view number;
    std::string_view country;
    std::string_view zones;  ///< sorted, with a blank between
    Zones zones_are;

    friend void PrintTo(const ReferenceRow& row, std::ostream* out) { *out << row.number; }
};

inline constexpr auto kReference = std::to_array<ReferenceRow>({
#include "places_reference.inc"
});

}  // namespace bellwether::compliance::places

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::places::Zones> = names("ByPrefix", "ByArea", "Among");
}  // namespace bellwether
