#include "answer-detect/calibration.h"

#include <algorithm>

namespace bellwether::answer_detect {

float Calibration::apply(float log_odds, double since_onset_s) const {
    const double t = std::clamp(since_onset_s, kTimesS.front(), kTimesS.back());
    std::size_t right = 1;
    while (right + 1 < kCount && kTimesS[right] < t) ++right;
    const std::size_t left = right - 1;
    const auto share = static_cast<float>((t - kTimesS[left]) / (kTimesS[right] - kTimesS[left]));
    const float at_left = slope[left] * log_odds + offset[left];
    const float at_right = slope[right] * log_odds + offset[right];
    return at_left + share * (at_right - at_left);
}

}  // namespace bellwether::answer_detect
