#pragma once

#include <span>
#include <string_view>

namespace bellwether::compliance {

/// A policy pack as it lies in compliance/packs/: its file, without the ending, and its TOML.
struct ShippedPack {
    std::string_view name;
    std::string_view toml;
};

/// The packs that come with the program, by name. Engineering input, not legal advice: all are
/// drafts until somebody has read the law's own text against them.
[[nodiscard]] std::span<const ShippedPack> shipped_packs();

}  // namespace bellwether::compliance
