#pragma once

#include <cstdint>
#include <vector>

#include "answer-detect/audio.h"

namespace bellwether::answer_detect {

/// Sound that a test makes itself: sines, silence, noise. 8 kHz; levels in dBm0 of each line.
class Sound {
public:
    Sound& tone(const std::vector<double>& hz, double seconds, double dbm0 = -20);
    Sound& silence(double seconds);

    /// A vowel as plain as they come: a sawtooth-like sum of harmonics whose pitch falls by a
    /// fifth.
    Sound& vowel(double seconds, double dbm0 = -20);

    /// White noise over all that is there so far.
    Sound& noise(double dbm0, std::uint64_t seed = 1);

    [[nodiscard]] double seconds() const;

    /// In whole frames, the last one filled up with silence.
    [[nodiscard]] std::vector<std::int16_t> pcm() const;

private:
    std::vector<double> samples_;  // full scale 32767
};

/// The n-th frame.
[[nodiscard]] Frame frame_of(const std::vector<std::int16_t>& pcm, std::size_t n);

}  // namespace bellwether::answer_detect
