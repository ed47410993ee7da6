#pragma once

#include <array>

#include "answer-detect/spectrum.h"

namespace bellwether::answer_detect {

/// The two strongest lines of one window, after the standing noise is taken away.
struct Peaks {
    std::array<float, 2> hz{};     ///< strongest first; 0: none
    std::array<float, 2> share{};  ///< of the sound's power, 0 .. 1, that this line holds
    float width_hz = 0;            ///< spread about the first line: 18 for a sine, more for a pair
    float level_dbm0 = -96;        ///< of what stands out of the noise, 190 .. 3800 Hz
    float over_noise_db = 0;       ///< the same, over the noise
    float fsk_share = 0;           ///< of the power at 1580 .. 1920 Hz, where V.21's modems speak
    float fsk_low = 0;             ///< of the power at 1580 .. 1720 Hz
};

/// Follows the standing noise of one leg, and finds the lines that stand out. 10 ms a step.
class PeakFinder {
public:
    PeakFinder();
    Peaks find(const Power& power);

private:
    Power noise_{};
    Power excess_{};
};

}  // namespace bellwether::answer_detect
