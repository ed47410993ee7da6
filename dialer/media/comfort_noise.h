#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "dialer/media/frame.h"

namespace bellwether::media {

/// The payload type of comfort noise at 8 kHz, static (RFC 3551 table 4).
inline constexpr std::uint8_t kComfortNoisePayloadType = 13;

/// The noise that a comfort noise packet describes, so that a line does not sound dead between
/// words. Source: RFC 3389: level in -dBov and reflection coefficients of an all-pole filter.
/// Repeatable, not random: its numbers come of a fixed start. Allocates nothing.
class ComfortNoise {
public:
    static constexpr std::size_t kOrderMax = 12;  ///< coefficients used; more are left out

    /// Takes what a packet says: from the next frame on. An empty payload changes nothing.
    /// Noise above -30 dBov is taken as -30: nobody's background is a shout.
    void describe(std::span<const std::uint8_t> payload);

    /// Fills the frame with the next 20 ms of it.
    void fill(Frame& frame);

private:
    float gain_ = 0.0F;  // of the white noise before the filter, linear 16-bit; 0: silence
    std::size_t order_ = 0;
    std::array<float, kOrderMax> reflection_{};
    std::array<float, kOrderMax + 1> backward_{};  // of the lattice
    std::uint32_t random_ = 1;
};

}  // namespace bellwether::media
