#pragma once

namespace bellwether::pacing {

/// The weight of a new observation in sums whose old observations fade. Instead of shrinking all
/// sums at every observation, new ones weigh more; when `weight` has grown beyond kWeightMax, the
/// owner divides its sums by it and starts again at 1. A sum divided by `weight` is in units of one
/// new observation.
inline constexpr double kWeightMax = 1e6;

/// What one observation leaves of the old ones when about `memory` observations are remembered;
/// > 1.
[[nodiscard]] constexpr double growth_of(double memory) { return memory / (memory - 1); }

}  // namespace bellwether::pacing
