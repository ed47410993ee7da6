#pragma once

#include <cstdint>
#include <string_view>

namespace bellwether {

/// FNV-1a, 64 bit: tells texts apart, no protection against intent. Source: draft-eastlake-fnv-17,
/// parameters of section 5. Goes on from an earlier hash.
[[nodiscard]] constexpr std::uint64_t fnv1a(std::string_view text,
                                            std::uint64_t hash = 0xcbf29ce484222325U) {
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3U;
    }
    return hash;
}

}  // namespace bellwether
