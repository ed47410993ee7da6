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

[[nodiscard]] constexpr std::int16_t saturate(std::int32_t sample) {
    return static_cast<std::int16_t>(
        std::clamp<std::int32_t>(sample, std::numeric_limits<std::int16_t>::min(),
                                 std::numeric_limits<std::int16_t>::max()));
}

}  // namespace bellwether::media
