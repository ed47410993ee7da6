#pragma once

#include "simulator/day/day_scenario.h"

namespace bellwether::simulator {

/// What becomes of a number dialed at one moment; the rest of them ring out.
struct Rates {
    double live = 0;
    double machine = 0;
    double fast_fail = 0;
};

/// @param t_s  since 0 h, >= 0. Cannot fail. The three sum to less than 1.
[[nodiscard]] Rates rates_at(const DayScenario& scenario, double t_s);

[[nodiscard]] double mean_talk_s_at(const DayScenario& scenario, double t_s);

/// That a wrap-up which begins then ends in a break.
[[nodiscard]] double break_chance_at(const DayScenario& scenario, double t_s);

}  // namespace bellwether::simulator
