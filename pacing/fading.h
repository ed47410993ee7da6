#pragma once

#include "base/time.h"

namespace bellwether::pacing {

/// How old observations fade in sums. Instead of shrinking all sums at every observation, new ones
/// weigh more; when `weight` has grown beyond kWeightMax, the owner divides its sums by it and sets
/// it to 1. A sum divided by `weight` is in units of one new observation.
struct Fading {
    double weight = 1;       ///< of the next observation, >= 1
    double slope_per_s = 0;  ///< growth of the weight's logarithm of late, >= 0
    Instant at;              ///< of the last observation

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("weight", self.weight);
        visit("slope_per_s", self.slope_per_s);
        visit("at", self.at);
    }
    friend bool operator==(const Fading&, const Fading&) = default;
};

inline constexpr double kWeightMax = 1e6;

/// One observation, of which about `memory` are remembered; `memory` > 1.
void fade_by_count(Fading& fading, double memory, Instant at);

/// Time has passed since the last observation, the first one apart.
void fade_by_time(Fading& fading, double half_life_s, Instant at);

/// What a second of exposure weighs that is `age_s` old when it is written down. What is told at
/// the end of a ring or a talk happened before it; were it given today's weight, it would be
/// counted a second time by the work that goes on, and hazards would come out too low.
[[nodiscard]] double weight_of_past(const Fading& fading, double age_s);

}  // namespace bellwether::pacing
