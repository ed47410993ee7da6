#pragma once

#include <array>
#include <cstddef>

namespace bellwether::answer_detect {

/// Makes log-odds say what frequencies bear out: a slope (1 / temperature) and an offset at a few
/// times after the onset of speech, straight lines between them, level before and after.
struct Calibration {
    static constexpr std::array<double, 8> kTimesS = {0.5, 1, 1.5, 2, 2.5, 3, 4, 6};
    static constexpr std::size_t kCount = kTimesS.size();

    std::array<float, kCount> slope{1, 1, 1, 1, 1, 1, 1, 1};
    std::array<float, kCount> offset{};

    [[nodiscard]] float apply(float log_odds, double since_onset_s) const;
};

}  // namespace bellwether::answer_detect
