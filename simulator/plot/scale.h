#pragma once

#include <string>
#include <vector>

namespace bellwether::simulator {

/// Maps values to places along one axis, in a straight line.
class Scale {
public:
    /// @param low, high  values at the two ends; checked: low < high.
    /// @param at_low, at_high  their places; a falling scale (y axes) is allowed.
    Scale(double low, double high, double at_low, double at_high);

    [[nodiscard]] double place(double value) const;    ///< values outside land outside
    [[nodiscard]] double clipped(double value) const;  ///< values outside land on the nearer end
    [[nodiscard]] double low() const { return low_; }
    [[nodiscard]] double high() const { return high_; }

private:
    double low_;
    double high_;
    double at_low_;
    double at_high_;
};

/// Where an axis from 0 has its marks: steps of 1, 2 or 5 times a power of ten, at most `most`
/// steps, the last at or above `highest`. The axis ends at the last. Checked: highest >= 0, most
/// >= 1. A highest of 0 counts as 1. Source: P. Heckbert, "Nice Numbers for Graph Labels", Graphics
/// Gems (1990).
[[nodiscard]] std::vector<double> nice_ticks(double highest, int most);

}  // namespace bellwether::simulator
