#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace bellwether::media {

/// Converts a whole sound to 8 kHz by a windowed-sinc polyphase filter: flat to 3.3 kHz within 0.1
/// dB, images and aliases 80 dB down above 4 kHz. Linear phase, no delay. For loading, not for the
/// frame path.
/// @param rate  of the input, Hz, checked: 1 .. 1'000'000
/// @return samples in the input's scale; round(size * 8000 / rate) of them
[[nodiscard]] std::vector<float> resample_to_8k(std::span<const float> input, int rate);

}  // namespace bellwether::media
