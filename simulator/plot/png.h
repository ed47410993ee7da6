#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace bellwether::simulator {

/// A small picture of up to 256 colours, row by row from the top.
struct Pixels {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> colours;                 ///< width * height places in the palette
    std::vector<std::array<std::uint8_t, 3>> palette;  ///< red, green, blue; 1 to 256
};

/// The picture as PNG, not compressed: for spectrograms of a few tens of kilobytes. Checked: sizes
/// are positive and fit, colours are in the palette.
/// Source: W3C, Portable Network Graphics, 2nd edition; RFC 1950 and 1951 (stored blocks).
[[nodiscard]] std::string png_of(const Pixels& pixels);

/// RFC 4648, chapter 4.
[[nodiscard]] std::string base64(const std::string& bytes);

}  // namespace bellwether::simulator
