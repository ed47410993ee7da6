#include "simulator/plot/scale.h"

#include <algorithm>

#include "base/check.h"

namespace bellwether::simulator {

Scale::Scale(double low, double high, double at_low, double at_high)
    : low_{low}, high_{high}, at_low_{at_low}, at_high_{at_high} {
    BW_CHECK(low < high);
}

double Scale::place(double value) const {
    return at_low_ + (value - low_) / (high_ - low_) * (at_high_ - at_low_);
}

double Scale::clipped(double value) const { return place(std::clamp(value, low_, high_)); }

std::vector<double> nice_ticks(double highest, int most) {
    BW_CHECK(highest >= 0);
    BW_CHECK(most >= 1);
    if (highest == 0) highest = 1;
    // Powers of ten from far below any figure of a day; a step is the first that is long enough.
    constexpr double kSmallest = 1e-6;
    constexpr double kRounding = 1 + 1e-12;
    double step = kSmallest;
    for (double ten = kSmallest; step * most * kRounding < highest; ten *= 10) {
        for (const double mantissa : {1.0, 2.0, 5.0, 10.0}) {
            step = mantissa * ten;
            if (step * most * kRounding >= highest) break;
        }
    }
    std::vector<double> ticks{0};
    while (ticks.back() * kRounding < highest) {
        ticks.push_back(step * static_cast<double>(ticks.size()));
    }
    return ticks;
}

}  // namespace bellwether::simulator
