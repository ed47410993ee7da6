#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace bellwether::simulator {

/// How one of several series is told from the others: by colour, and by dashes for those who cannot
/// tell the colours apart or print in grey.
struct SeriesLook {
    std::string_view colour;
    std::string_view dashes;  ///< as SVG's stroke-dasharray; empty: solid
};

/// Told apart by people with any of the common colour blindnesses, without the yellow that a light
/// ground swallows. Source: M. Okabe and K. Ito, "Color Universal Design" (2008).
inline constexpr std::array<SeriesLook, 6> kSeriesLooks{{
    {"#0072b2", ""},
    {"#d55e00", "9 4"},
    {"#009e73", "2 3"},
    {"#cc79a7", "12 3 2 3"},
    {"#56b4e9", "5 3"},
    {"#444444", "14 4"},
}};

inline constexpr std::string_view kGridColour = "#dddddd";
inline constexpr std::string_view kAxisColour = "#888888";
inline constexpr std::string_view kTextColour = "#333333";
inline constexpr std::string_view kCapColour = "#b00020";  ///< beside it: a dashed line, and words
inline constexpr std::string_view kOverCapColour = "#f9e4e1";

[[nodiscard]] constexpr const SeriesLook& look_of(std::size_t series) {
    return kSeriesLooks[series % kSeriesLooks.size()];
}

}  // namespace bellwether::simulator
