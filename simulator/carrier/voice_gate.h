#pragma once

#include <cstdint>
#include <span>

namespace bellwether::carrier {

/// Tells, 20 ms at a time, whether somebody speaks on the line, and whether the short tone that
/// announces a call to an agent sounds. Pure; no allocation; a few hundred multiplications per
/// frame.
///
/// Speech is three frames in a row above -40 dBm0, which is 20 dB below soft telephone speech;
/// quiet is half a second below it, longer than the pauses between two sentences of a prompt. A
/// tone is six frames (120 of its 200 ms) with nine tenths of their energy at 440 Hz.
class VoiceGate {
public:
    /// @param frame  20 ms at 8 kHz; checked: 160 samples.
    void push(std::span<const std::int16_t> frame);

    [[nodiscard]] bool speaks() const { return speaks_; }
    /// Tones so far, each counted once, when its sixth frame came.
    [[nodiscard]] std::uint32_t tones() const { return tones_; }

private:
    bool speaks_ = false;
    int loud_run_ = 0;
    int soft_run_ = 0;
    int tone_run_ = 0;
    std::uint32_t tones_ = 0;
};

}  // namespace bellwether::carrier
