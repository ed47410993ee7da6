#pragma once

#include <Eigen/Core>

namespace bellwether::pacing {

// The near future as the forecast sees it: 12 moments, 2.5 s apart, at 1.25, 3.75 ... 28.75 s from
// now. They cover a ring until its limit and the verdict after it (research: pacing C.2).
inline constexpr int kGridPoints = 12;
inline constexpr double kGridStepS = 2.5;

/// 12 x 1: one number, mostly a chance, for each moment of the grid.
using GridRow = Eigen::Array<double, kGridPoints, 1>;

[[nodiscard]] constexpr double grid_time_s(int k) { return (k + 0.5) * kGridStepS; }

}  // namespace bellwether::pacing
