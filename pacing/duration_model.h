#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "pacing/fading.h"

// How long a talk or a wrap-up still lasts, given how long it has lasted. No shape is assumed: the
// hazard (ends per second) is constant between fixed edges and learnt there, so short wrong-number
// talks beside long ones fit as well as anything.

namespace bellwether::pacing {

/// Lower edges of the hazard's steps, s; the last is open. Source: research: pacing C.1(3).
inline constexpr std::array<double, 25> kDurationEdges{0,   2,   4,   6,   8,   10,  13,  16,  20,
                                                       25,  30,  40,  50,  65,  80,  100, 125, 160,
                                                       200, 250, 320, 400, 500, 650, 900};

/// An agent's own pace: ends seen against ends that the campaign's curve expected of him.
struct AgentPace {
    AgentId agent{};
    double ends = 0;      ///< fading, >= 0
    double expected = 0;  ///< fading, >= 0

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("agent", self.agent);
        visit("ends", self.ends);
        visit("expected", self.expected);
    }
    friend bool operator==(const AgentPace&, const AgentPace&) = default;
};

/// What has been learnt of one kind of duration. The sums have an entry for each edge.
struct DurationMemory {
    Fading fading;
    std::vector<double> exposure;  ///< seconds
    std::vector<double> ends;
    std::vector<AgentPace> paces;  ///< sorted by agent

    DurationMemory();

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("fading", self.fading);
        visit("exposure", self.exposure);
        visit("ends", self.ends);
        visit("paces", self.paces);
    }
    friend bool operator==(const DurationMemory&, const DurationMemory&) = default;
};

/// What is believed before anything is known: exponential, worth `exposure_s` seconds at each step.
struct DurationPrior {
    double mean_s = 90;
    double exposure_s = 60;
};
// Source: research: pacing C.1(3).
inline constexpr DurationPrior kTalkPrior{.mean_s = 90, .exposure_s = 60};
inline constexpr DurationPrior kWrapUpPrior{.mean_s = 20, .exposure_s = 30};

/// @param hazard  the curve in force, one entry an edge: what was expected of the agent.
/// @param agents  in the campaign now: remembered are max(700, 10 x agents) durations, about an
/// hour.
void learn_duration(DurationMemory& memory, AgentId agent, double duration_s,
                    std::span<const double> hazard, int agents, Instant at);

/// The hazard at each step, 1/s, from what has ended and what goes on (`open_s`: its ages).
[[nodiscard]] std::vector<double> duration_hazard(const DurationMemory& memory,
                                                  std::span<const double> open_s,
                                                  DurationPrior prior);

/// The agent's hazard over the campaign's: posterior mean of a Gamma(20, 20), so a pace needs some
/// 20 ends to count half. Source: research: pacing C.1(3).
[[nodiscard]] double pace_of(const AgentPace& pace);

/// Cumulated hazard up to `x` s; exp(-H) is the chance to last longer.
[[nodiscard]] double cumulated_hazard(std::span<const double> hazard, double x);

/// Mean duration, s.
[[nodiscard]] double mean_duration_s(std::span<const double> hazard);

/// Index of the step that holds `x` >= 0.
[[nodiscard]] int duration_step(double x);

}  // namespace bellwether::pacing
