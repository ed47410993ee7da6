#pragma once

#include <span>
#include <vector>

#include "base/time.h"
#include "pacing/fading.h"
#include "pacing/happening.h"
#include "pacing/picture.h"

// When and by whom a ringing call is picked up. Three causes end a ring before we do: a person, a
// machine, the network's refusal. Each has a hazard (events per second of ringing) for every second
// of age; calls that still ring, and calls we gave up, count as exposure without an event, so that
// nothing is concluded from slow outcomes being late (the cold start trap of research: pacing B.6).

namespace bellwether::pacing {

/// Ages of 0, 1, ... 62 s, and the last for all from 63 s.
inline constexpr int kRingBins = 64;

/// A fading history of rings. All vectors have kRingBins entries.
struct RingHistory {
    Fading fading;
    std::vector<double> exposure;       ///< seconds rung at each age
    std::vector<double> live_exposure;  ///< the same, each call times its AnswerRates multiplier
    std::vector<double> live;           ///< pickups by persons at each age
    std::vector<double> machine;
    std::vector<double> fast_fail;

    RingHistory();

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("fading", self.fading);
        visit("exposure", self.exposure);
        visit("live_exposure", self.live_exposure);
        visit("live", self.live);
        visit("machine", self.machine);
        visit("fast_fail", self.fast_fail);
    }
    friend bool operator==(const RingHistory&, const RingHistory&) = default;
};

/// What has been learnt of rings. Two memories: a long one (half-life 2 h) knows how the hazard
/// depends on the age, a short one (some hundred outcomes) how high it is at the time.
struct RingMemory {
    RingHistory shape;
    RingHistory level;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("shape", self.shape);
        visit("level", self.level);
    }
    friend bool operator==(const RingMemory&, const RingMemory&) = default;
};

/// Hazards at each age, 1/s, kRingBins entries each.
struct RingHazards {
    std::vector<double> live;
    std::vector<double> machine;
    std::vector<double> fast_fail;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("live", self.live);
        visit("machine", self.machine);
        visit("fast_fail", self.fast_fail);
    }
    friend bool operator==(const RingHazards&, const RingHazards&) = default;
};

/// A call whose ring is not over, or not yet judged.
struct OpenRing {
    double ring_s = 0;       ///< rung so far, or until the pickup
    bool picked_up = false;  ///< by a person or a machine: the verdict is awaited
    double multiplier = 1;   ///< of the live hazard, > 0
};

/// @param multiplier  of this call's live hazard (answer_rates.h), > 0.
/// @param in_flight   calls under way now: the level's memory is long against a cohort of calls
///                    dialed together, max(200, 6 x in_flight) outcomes.
void learn_ring(RingMemory& memory, const RingEnded& ring, double multiplier, int in_flight,
                Instant at);

/// The hazards for a call of multiplier 1, from both memories and the rings under way.
[[nodiscard]] RingHazards ring_hazards(const RingMemory& memory, std::span<const OpenRing> open);

/// How well the height of the live hazard is known: standard deviation over the value. From the
/// live answers of the short memory.
[[nodiscard]] double relative_error(const RingMemory& memory);

/// What the hazards come to: cumulated, for a call of multiplier 1 that we stop ringing at
/// `limit_s`.
class RingCurve {
public:
    RingCurve(const RingHazards& hazards, double limit_s);

    /// Chance that a call still rings at `age_s`, were it not for us.
    [[nodiscard]] double survival(double age_s) const;
    /// Chance that a person has picked up by `age_s`. Constant from the ring limit on.
    [[nodiscard]] double answered_by(double age_s) const;
    [[nodiscard]] double answer_rate() const { return answered_by(limit_s_); }
    /// Chance that a machine picks up before the ring limit.
    [[nodiscard]] double machine_rate() const;
    /// Mean time a call rings, until whatever ends it, the ring limit included.
    [[nodiscard]] double mean_ring_s() const;
    /// Chance that a pickup at this age is by a person.
    [[nodiscard]] double human_at(double age_s) const;

private:
    double limit_s_;
    std::vector<double> survival_;  ///< at 0, 1, ... kRingBins s
    std::vector<double> answered_;  ///< likewise
    std::vector<double> machine_;   ///< likewise: picked up by machines
    std::vector<double> human_;     ///< at each age
};

/// Expected number of live answers that a call of multiplier 1 brings while it rings `ring_s`: the
/// cumulated hazard.
[[nodiscard]] double expected_answers(const RingHazards& hazards, double ring_s);

}  // namespace bellwether::pacing
