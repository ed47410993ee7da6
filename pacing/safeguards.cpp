#include "pacing/safeguards.h"

#include <algorithm>
#include <cmath>

namespace bellwether::pacing {
namespace {

using namespace std::chrono_literals;

// Source of the limits, unless told otherwise: research: pacing C.7.
constexpr std::int64_t kWarmUpAnswers = 30;
constexpr std::int64_t kWarmUpOutcomes = 60;
constexpr Duration kFloorHold = 60s;
constexpr Duration kAnomalyHold = 60s;
constexpr double kFailShareMax = 0.30;
constexpr double kJumpSigmas = 3.5;
constexpr double kMeaningfulCalls = 8;
constexpr Duration kSilence = 5s;
// So many events must have been missed before silence means anything: by chance that is once in
// e^15 looks. Five agents with eight calls hear nothing for 5 s quite often.
constexpr double kNewsMissed = 15;

constexpr double kRecentMemory = 40;  // outcomes: half a minute of 25 agents
constexpr double kRecentMin = 20;
constexpr double kUsualMemory = 1000;  // outcomes: what is wrong for minutes does not become usual
constexpr double kFailsMoreThanUsual = 1.5;  // forty outcomes with a share of 0.3 vary by a quarter

}  // namespace

void learn_outcome(SafeguardState& state, RingEnd end, double expected) {
    constexpr double kKept = 1 - 1 / kRecentMemory;
    ++state.outcomes;
    if (end == RingEnd::Live) ++state.live_answers;
    state.recent = state.recent * kKept + 1;
    state.recent_failed = state.recent_failed * kKept + (end == RingEnd::FastFail ? 1 : 0);
    state.recent_live = state.recent_live * kKept + (end == RingEnd::Live ? 1 : 0);
    state.recent_expected = state.recent_expected * kKept + expected;
    constexpr double kUsuallyKept = 1 - 1 / kUsualMemory;
    state.usual = state.usual * kUsuallyKept + 1;
    state.usual_failed = state.usual_failed * kUsuallyKept + (end == RingEnd::FastFail ? 1 : 0);
}

void look_for_anomaly(SafeguardState& state, double open_expected, Instant at) {
    if (state.recent < kRecentMin) return;
    const double usual_share = state.usual_failed / state.usual;
    const bool fails = state.recent_failed >
                       std::max(kFailShareMax, kFailsMoreThanUsual * usual_share) * state.recent;
    // Weights fall geometrically, so the sum of their squares is about half their sum; and one
    // event more, for the expectation itself is an estimate.
    const double expected = state.recent_expected + open_expected;
    const double sd = std::sqrt(expected / 2 + 1);
    const bool jumps = state.recent_live - expected > kJumpSigmas * sd;
    if (fails || jumps) state.anomaly_until = at + kAnomalyHold;
}

bool anomaly(const SafeguardState& state, Instant at) {
    return state.anomaly_until && at < *state.anomaly_until;
}

void follow_floor(SafeguardState& state, int agents, int floor, Instant at) {
    if (agents < floor) {
        state.below_floor = true;
        state.floor_regained.reset();
        return;
    }
    if (!state.below_floor) return;
    if (agents < floor + 1) {
        state.floor_regained.reset();
        return;
    }
    if (!state.floor_regained) state.floor_regained = at;
    if (at - *state.floor_regained < kFloorHold) return;
    state.below_floor = false;
    state.floor_regained.reset();
}

bool stale(const SafeguardState& state, double news_per_s, Instant at) {
    if (!state.last_news) return false;
    const Duration silence = at - *state.last_news;
    if (silence < kSilence) return false;
    return std::chrono::duration<double>(silence).count() * news_per_s > kNewsMissed;
}

bool budget_is_small(double budget_calls) { return budget_calls < kMeaningfulCalls; }

bool warming_up(const SafeguardState& state) {
    return state.live_answers < kWarmUpAnswers || state.outcomes < kWarmUpOutcomes;
}

}  // namespace bellwether::pacing
