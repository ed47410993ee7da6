#include "simulator/day/rates.h"

#include <algorithm>

#include "base/maths.h"

namespace bellwether::simulator {
namespace {

constexpr double kSecondsPerHour = 3600;

// As the scenario file promises: nobody reaches more than nine people in ten, and the shares that a
// rising answer rate leaves to machines and failures keep a rest that rings out.
constexpr double kLiveMost = 0.9;
constexpr double kMachineMostOfRest = 0.6;
constexpr double kFastFailMostOfRest = 0.5;

template <class T>
T value_at(T first, const std::vector<ChangeAt<T>>& changes, double t_s) {
    T value = first;
    for (const ChangeAt<T>& change : changes) {
        if (change.at_h * kSecondsPerHour <= t_s) value = change.value;
    }
    return value;
}

}  // namespace

Rates rates_at(const DayScenario& scenario, double t_s) {
    const DayScenario::Line& line = scenario.line;
    Rates rates{.live = value_at(line.live, line.live_changes, t_s)};
    if (line.drift.amplitude > 0) {
        const double turns = t_s / (line.drift.period_h * kSecondsPerHour);
        rates.live *= 1 + line.drift.amplitude * maths::cos_of_turns(turns - 0.25);
    }
    rates.live = std::clamp(rates.live, 0.0, kLiveMost);
    rates.machine = std::min(line.machine, kMachineMostOfRest * (1 - rates.live));
    rates.fast_fail =
        std::min(line.fast_fail, kFastFailMostOfRest * (1 - rates.live - rates.machine));
    return rates;
}

double mean_talk_s_at(const DayScenario& scenario, double t_s) {
    return value_at(scenario.talk.mean_s, scenario.talk.mean_changes, t_s);
}

double break_chance_at(const DayScenario& scenario, double t_s) {
    const double handled_s = mean_talk_s_at(scenario, t_s) + scenario.wrap.mean_s;
    return 1 - maths::exp(-scenario.agents.breaks_per_hour * handled_s / kSecondsPerHour);
}

}  // namespace bellwether::simulator
