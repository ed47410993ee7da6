#include "pacing/ring_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "base/check.h"
#include "base/maths.h"

namespace bellwether::pacing {
namespace {

constexpr std::size_t kBins = kRingBins;
constexpr double kShapeHalfLifeS = 2 * 3600;  // research: pacing C.1(1)
constexpr double kLevelMemoryMin = 200;       // outcomes; research: pacing C.1
constexpr double kLevelMemoryPerCall = 6;
constexpr double kPriorExposureS = 20;  // alpha of research: pacing C.1(1), seconds at each age
// Events that the shape's own level is worth against the recent one: the rate of a list wanders by
// about a third, and 1 / 0.33^2 = 9.
constexpr double kLevelPriorEvents = 9;
// What the first guess of the answer rate is worth, in live answers: it may well be half or twice
// as high.
constexpr double kGuessAnswers = 4;
constexpr double kHazardMax = 2;  // 1/s: no age at which 86 % end within a second is believed in

// Before anything is known: the wrong but harmless priors of research: pacing B.1, a quarter of the
// calls answered at any age, refusals in the first seconds.
constexpr double kPriorAnswer = 0.0125;
constexpr double kPriorRefusalEarly = 0.02;
constexpr double kPriorRefusalLate = 0.0005;
constexpr std::size_t kEarlyBins = 6;

std::size_t bin_of(double age_s) {
    return std::min(static_cast<std::size_t>(std::max(0.0, age_s)), kBins - 1);
}

/// Calls add(bin, seconds) for each age that a ring of `ring_s` has gone through.
template <class Add>
void for_each_second(double ring_s, Add add) {
    const std::size_t last = bin_of(ring_s);
    for (std::size_t bin = 0; bin < last; ++bin) add(bin, 1.0);
    add(last, ring_s - static_cast<double>(last));
}

void expose(RingHistory& history, double ring_s, double multiplier) {
    for_each_second(ring_s, [&](std::size_t bin, double seconds) {
        const double age_s = ring_s - static_cast<double>(bin) - seconds / 2;
        const double weighed = weight_of_past(history.fading, age_s) * seconds;
        history.exposure[bin] += weighed;
        history.live_exposure[bin] += weighed * multiplier;
    });
}

void divide_by_weight(RingHistory& history) {
    for (auto* sums : {&history.exposure, &history.live_exposure, &history.live, &history.machine,
                       &history.fast_fail}) {
        for (double& sum : *sums) sum /= history.fading.weight;
    }
    history.fading.weight = 1;
}

void add_event(RingHistory& history, RingEnd end, std::size_t bin) {
    if (end == RingEnd::Live) history.live[bin] += history.fading.weight;
    if (end == RingEnd::Machine) history.machine[bin] += history.fading.weight;
    if (end == RingEnd::FastFail) history.fast_fail[bin] += history.fading.weight;
}

/// After the fading has taken its step.
void observe(RingHistory& history, const RingEnded& ring, double multiplier) {
    if (history.fading.weight > kWeightMax) divide_by_weight(history);
    expose(history, ring.ring_s, multiplier);
    add_event(history, ring.end, bin_of(ring.ring_s));
}

/// The rings under way as if they had ended now. A pickup without a verdict is both, in shares.
void add_open(RingHistory& history, std::span<const OpenRing> open,
              const std::vector<double>& human) {
    const double weight = history.fading.weight;
    for (const OpenRing& ring : open) {
        expose(history, ring.ring_s, ring.multiplier);
        if (!ring.picked_up) continue;
        const std::size_t bin = bin_of(ring.ring_s);
        history.live[bin] += weight * human[bin];
        history.machine[bin] += weight * (1 - human[bin]);
    }
}

double prior_refusal(std::size_t bin) {
    return bin < kEarlyBins ? kPriorRefusalEarly : kPriorRefusalLate;
}

std::vector<double> shape_of(const std::vector<double>& events, const std::vector<double>& exposure,
                             double weight, double (*prior)(std::size_t)) {
    std::vector<double> hazard(kBins);
    for (std::size_t bin = 0; bin < kBins; ++bin) {
        hazard[bin] = (events[bin] / weight + kPriorExposureS * prior(bin)) /
                      (exposure[bin] / weight + kPriorExposureS);
    }
    return hazard;
}

RingHazards shapes_of(const RingHistory& history) {
    const auto answer = [](std::size_t) { return kPriorAnswer; };
    return {.live = shape_of(history.live, history.live_exposure, history.fading.weight, answer),
            .machine = shape_of(history.machine, history.exposure, history.fading.weight, answer),
            .fast_fail = shape_of(history.fast_fail, history.exposure, history.fading.weight,
                                  prior_refusal)};
}

/// Chance that a pickup at each age is by a person: smoothed over the ages next to it, for late
/// ages have few pickups.
std::vector<double> human_shares(const RingHazards& hazards) {
    std::vector<double> shares(kBins);
    for (std::size_t bin = 0; bin < kBins; ++bin) {
        const std::size_t from = bin > 0 ? bin - 1 : 0;
        const std::size_t to = std::min(bin + 1, kBins - 1);
        double live = 0;
        double all = 0;
        for (std::size_t near = from; near <= to; ++near) {
            live += hazards.live[near];
            all += hazards.live[near] + hazards.machine[near];
        }
        shares[bin] = live / all;
    }
    return shares;
}

/// Scales `hazard` to what was seen of late: a standardised ratio of events, pulled towards 1.
void set_level(std::vector<double>& hazard, const std::vector<double>& events,
               const std::vector<double>& exposure, double weight) {
    const double seen = std::accumulate(events.begin(), events.end(), 0.0) / weight;
    const double expected =
        std::inner_product(exposure.begin(), exposure.end(), hazard.begin(), 0.0) / weight;
    const double ratio = (seen + kLevelPriorEvents) / (expected + kLevelPriorEvents);
    for (double& value : hazard) value = std::min(value * ratio, kHazardMax);
}

}  // namespace

RingHistory::RingHistory()
    : exposure(kBins), live_exposure(kBins), live(kBins), machine(kBins), fast_fail(kBins) {}

void learn_ring(RingMemory& memory, const RingEnded& ring, double multiplier, int in_flight,
                Instant at) {
    BW_CHECK(ring.ring_s >= 0);
    BW_CHECK(multiplier > 0);
    fade_by_time(memory.shape.fading, kShapeHalfLifeS, at);
    observe(memory.shape, ring, multiplier);
    const double outcomes = std::max(kLevelMemoryMin, kLevelMemoryPerCall * in_flight);
    fade_by_count(memory.level.fading, outcomes, at);
    observe(memory.level, ring, multiplier);
}

RingHazards ring_hazards(const RingMemory& memory, std::span<const OpenRing> open) {
    const std::vector<double> human = human_shares(shapes_of(memory.shape));
    RingHistory shape = memory.shape;
    add_open(shape, open, human);
    RingHistory level = memory.level;
    add_open(level, open, human);

    RingHazards hazards = shapes_of(shape);
    set_level(hazards.live, level.live, level.live_exposure, level.fading.weight);
    set_level(hazards.machine, level.machine, level.exposure, level.fading.weight);
    set_level(hazards.fast_fail, level.fast_fail, level.exposure, level.fading.weight);
    return hazards;
}

double relative_error(const RingMemory& memory) {
    const RingHistory& level = memory.level;
    const double seen =
        std::accumulate(level.live.begin(), level.live.end(), 0.0) / level.fading.weight;
    return 1 / std::sqrt(kGuessAnswers + seen);  // of a gamma posterior
}

RingCurve::RingCurve(const RingHazards& hazards, double limit_s)
    : limit_s_{std::clamp(limit_s, 0.0, static_cast<double>(kBins))},
      survival_(kBins + 1),
      answered_(kBins + 1),
      machine_(kBins + 1),
      human_{human_shares(hazards)} {
    survival_[0] = 1;
    for (std::size_t bin = 0; bin < kBins; ++bin) {
        const double all = hazards.live[bin] + hazards.machine[bin] + hazards.fast_fail[bin];
        survival_[bin + 1] = survival_[bin] * maths::exp(-all);
        const double ended = survival_[bin] - survival_[bin + 1];
        answered_[bin + 1] = answered_[bin] + ended * hazards.live[bin] / all;
        machine_[bin + 1] = machine_[bin] + ended * hazards.machine[bin] / all;
    }
}

namespace {

/// @param values  at 0, 1, 2 ... ; between them a straight line.
double at_age(const std::vector<double>& values, double age_s) {
    const double age = std::clamp(age_s, 0.0, static_cast<double>(values.size() - 1));
    const std::size_t before = std::min(static_cast<std::size_t>(age), values.size() - 2);
    const double share = age - static_cast<double>(before);
    return values[before] + share * (values[before + 1] - values[before]);
}

}  // namespace

double RingCurve::survival(double age_s) const { return at_age(survival_, age_s); }

double RingCurve::answered_by(double age_s) const {
    return at_age(answered_, std::min(age_s, limit_s_));
}

double RingCurve::machine_rate() const { return at_age(machine_, limit_s_); }

double RingCurve::mean_ring_s() const {
    double sum = 0;
    for (double age = 0; age < limit_s_; age += 1) {
        const double end = std::min(age + 1, limit_s_);
        sum += (end - age) * (survival(age) + survival(end)) / 2;
    }
    return sum;
}

double RingCurve::human_at(double age_s) const { return human_[bin_of(age_s)]; }

double expected_answers(const RingHazards& hazards, double ring_s) {
    double sum = 0;
    for_each_second(ring_s,
                    [&](std::size_t bin, double seconds) { sum += hazards.live[bin] * seconds; });
    return sum;
}

}  // namespace bellwether::pacing
