#include "pacing/duration_model.h"

#include <algorithm>
#include <cstddef>
#include <limits>

#include "base/check.h"
#include "base/maths.h"

namespace bellwether::pacing {
namespace {

constexpr std::size_t kSteps = kDurationEdges.size();
constexpr double kMemoryMin = 700;  // durations; research: pacing C.1(3)
constexpr double kMemoryPerAgent = 10;
constexpr double kPaceMemory = 200;  // durations of one agent: some two shifts
constexpr double kPacePrior = 20;    // of the Gamma(20, 20)

double upper_edge(std::size_t step) {
    return step + 1 < kSteps ? kDurationEdges[step + 1] : std::numeric_limits<double>::infinity();
}

void expose(std::vector<double>& exposure, const Fading& fading, double duration_s) {
    for (std::size_t step = 0; step < kSteps && kDurationEdges[step] < duration_s; ++step) {
        const double end = std::min(duration_s, upper_edge(step));
        const double age_s = duration_s - (kDurationEdges[step] + end) / 2;
        exposure[step] += weight_of_past(fading, age_s) * (end - kDurationEdges[step]);
    }
}

AgentPace& pace_entry(std::vector<AgentPace>& paces, AgentId agent) {
    const auto place = std::ranges::lower_bound(paces, agent, {}, &AgentPace::agent);
    if (place != paces.end() && place->agent == agent) return *place;
    return *paces.insert(place, AgentPace{.agent = agent});
}

void learn_pace(AgentPace& pace, double expected) {
    constexpr double kKept = 1 - 1 / kPaceMemory;
    pace.ends = pace.ends * kKept + 1;
    pace.expected = pace.expected * kKept + expected;
}

}  // namespace

DurationMemory::DurationMemory() : exposure(kSteps), ends(kSteps) {}

int duration_step(double x) {
    const auto above = std::ranges::upper_bound(kDurationEdges, x);
    return static_cast<int>(above - kDurationEdges.begin()) - 1;
}

void learn_duration(DurationMemory& memory, AgentId agent, double duration_s,
                    std::span<const double> hazard, int agents, Instant at) {
    BW_CHECK(duration_s >= 0);
    Fading& fading = memory.fading;
    fade_by_count(fading, std::max(kMemoryMin, kMemoryPerAgent * agents), at);
    if (fading.weight > kWeightMax) {
        for (double& sum : memory.exposure) sum /= fading.weight;
        for (double& sum : memory.ends) sum /= fading.weight;
        fading.weight = 1;
    }
    expose(memory.exposure, fading, duration_s);
    memory.ends[static_cast<std::size_t>(duration_step(duration_s))] += fading.weight;
    if (hazard.empty())
        return;  // nothing to measure his pace against: no decision has been made yet
    learn_pace(pace_entry(memory.paces, agent), cumulated_hazard(hazard, duration_s));
}

std::vector<double> duration_hazard(const DurationMemory& memory, std::span<const double> open_s,
                                    DurationPrior prior) {
    std::vector<double> exposure = memory.exposure;
    for (const double age : open_s) expose(exposure, memory.fading, age);
    std::vector<double> hazard(kSteps);
    for (std::size_t step = 0; step < kSteps; ++step) {
        hazard[step] =
            (memory.ends[step] / memory.fading.weight + prior.exposure_s / prior.mean_s) /
            (exposure[step] / memory.fading.weight + prior.exposure_s);
    }
    return hazard;
}

double pace_of(const AgentPace& pace) {
    return (kPacePrior + pace.ends) / (kPacePrior + pace.expected);
}

double cumulated_hazard(std::span<const double> hazard, double x) {
    double sum = 0;
    for (std::size_t step = 0; step < kSteps && kDurationEdges[step] < x; ++step) {
        sum += hazard[step] * (std::min(x, upper_edge(step)) - kDurationEdges[step]);
    }
    return sum;
}

double mean_duration_s(std::span<const double> hazard) {
    double survival = 1;
    double mean = 0;
    for (std::size_t step = 0; step + 1 < kSteps; ++step) {
        const double width = kDurationEdges[step + 1] - kDurationEdges[step];
        const double after = survival * maths::exp(-hazard[step] * width);
        mean += (survival - after) / hazard[step];
        survival = after;
    }
    return mean + survival / hazard[kSteps - 1];
}

}  // namespace bellwether::pacing
