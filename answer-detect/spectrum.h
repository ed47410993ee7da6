#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "answer-detect/audio.h"

namespace bellwether::answer_detect {

inline constexpr std::size_t kWindowSamples = 256;  ///< 32 ms
inline constexpr std::size_t kBins = kWindowSamples / 2 + 1;
inline constexpr float kBinHz = 31.25F;         ///< bin k stands for k * 31.25 Hz
inline constexpr std::size_t kHopSamples = 80;  ///< 10 ms from one window to the next
inline constexpr std::size_t kHopsPerFrame = kFrameSamples / kHopSamples;

/// dBm0 of a mean square of 1 (full scale): a sine of full amplitude is 3.14 dBm0 (ITU-T G.711).
inline constexpr float kFullScaleDbm0 = 6.15F;

/// Power by frequency, of one side: the sum over all bins is the mean square of the samples under
/// the window, full scale = 1.
using Power = std::array<float, kBins>;

/// The power spectrum of 256 samples under a Hann window. Samples -1 .. 1. About 1 microsecond.
void power_spectrum(std::span<const float, kWindowSamples> samples, Power& power);

/// Cuts one leg's frames into windows of 32 ms, one each 10 ms. No allocation.
class Spectrum {
public:
    /// The windows that end 10 ms and 20 ms into this frame.
    const std::array<Power, kHopsPerFrame>& push(Frame frame);

    /// The last 256 samples, -1 .. 1, oldest first.
    [[nodiscard]] std::span<const float, kWindowSamples> window() const;

private:
    // The window that the frame's first half ends begins with this many samples of frames before.
    static constexpr std::size_t kKept = kWindowSamples - kHopSamples;

    std::array<float, kKept + kFrameSamples> samples_{};
    std::array<Power, kHopsPerFrame> powers_{};
};

/// Mean square to dBm0, exact to 0.01 dB; -96 for nothing at all.
[[nodiscard]] float dbm0(float mean_square);

}  // namespace bellwether::answer_detect
