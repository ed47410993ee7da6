#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "dialer/media/media_types.h"

namespace bellwether::media {

/// 20 ms of linear audio.
using Frame = std::array<std::int16_t, kFrameSamples>;

inline constexpr Frame kSilentFrame{};

/// No sample above the smallest step of A-law, which has no zero (G.711 table 1).
[[nodiscard]] inline bool is_digital_silence(const Frame& frame) {
    return std::all_of(frame.begin(), frame.end(),
                       [](std::int16_t sample) { return sample >= -8 && sample <= 8; });
}

[[nodiscard]] constexpr std::int16_t saturate(std::int32_t sample) {
    return static_cast<std::int16_t>(
        std::clamp<std::int32_t>(sample, std::numeric_limits<std::int16_t>::min(),
                                 std::numeric_limits<std::int16_t>::max()));
}

}  // namespace bellwether::media
