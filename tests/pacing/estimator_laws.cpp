// Laws of the estimators of pacing/, checked on random input.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "pacing/agent_table.h"
#include "pacing/answer_rates.h"
#include "pacing/call_table.h"
#include "pacing/detection.h"
#include "pacing/duration_model.h"
#include "pacing/ring_model.h"

namespace bellwether::pacing {
namespace {

double chance() { return *rc::gen::inRange(0, 1001) / 1000.0; }

Instant at(double seconds) { return Instant{Duration{static_cast<std::int64_t>(seconds * 1e6)}}; }

RingMemory any_rings() {
    RingMemory memory;
    const int count = *rc::gen::inRange(0, 300);
    for (int i = 0; i < count; ++i) {
        const auto end = *rc::gen::element(RingEnd::Live, RingEnd::Machine, RingEnd::FastFail,
                                           RingEnd::Censored);
        learn_ring(memory, {.end = end, .ring_s = *rc::gen::inRange(0, 900) / 10.0},
                   0.2 + 3 * chance(), *rc::gen::inRange(0, 2000), at(i * chance()));
    }
    return memory;
}

std::vector<OpenRing> any_open() {
    std::vector<OpenRing> open;
    const int count = *rc::gen::inRange(0, 50);
    for (int i = 0; i < count; ++i) {
        open.push_back({.ring_s = 40 * chance(),
                        .picked_up = *rc::gen::arbitrary<bool>(),
                        .multiplier = 0.2 + 3 * chance()});
    }
    return open;
}

RC_GTEST_PROP(RingModelLaw, CausesAndSurvivalMakeOneCall, ()) {
    const RingCurve curve{ring_hazards(any_rings(), any_open()), 60};
    RC_ASSERT(curve.answer_rate() >= 0 && curve.machine_rate() >= 0);
    RC_ASSERT(curve.answer_rate() + curve.machine_rate() + curve.survival(60) <= 1 + 1e-9);
    double survival = 1;
    double answered = 0;
    for (double age = 0; age <= 60; age += 0.7) {
        RC_ASSERT(curve.survival(age) <= survival + 1e-12);
        RC_ASSERT(curve.answered_by(age) >= answered - 1e-12);
        survival = curve.survival(age);
        answered = curve.answered_by(age);
        RC_ASSERT(curve.human_at(age) >= 0 && curve.human_at(age) <= 1);
    }
    RC_ASSERT(curve.mean_ring_s() >= 0 && curve.mean_ring_s() <= 60);
}

RC_GTEST_PROP(RingModelLaw, OneMoreAnswerNeverLowersTheRate, ()) {
    const RingMemory memory = any_rings();
    const double ring_s = 1 + 20 * chance();
    const auto rate_after = [&](RingEnd end) {
        RingMemory more = memory;
        learn_ring(more, {.end = end, .ring_s = ring_s}, 1, 20, at(400));
        return RingCurve{ring_hazards(more, {}), 25}.answer_rate();
    };
    RC_ASSERT(rate_after(RingEnd::Live) >= rate_after(RingEnd::Censored) - 1e-9);
}

RC_GTEST_PROP(RingModelLaw, RingsUnderWayNeverRaiseTheRate, ()) {
    const RingMemory memory = any_rings();
    std::vector<OpenRing> open = any_open();
    for (auto& ring : open) {
        ring.picked_up = false;
        ring.multiplier = 1;
    }
    const double without = RingCurve{ring_hazards(memory, {}), 25}.answer_rate();
    // A hair: refusals grow rarer too, which leaves more calls to be answered.
    RC_ASSERT(RingCurve(ring_hazards(memory, open), 25).answer_rate() <= without * 1.05 + 1e-9);
}

RC_GTEST_PROP(CallTableLaw, ChancesRiseAlongTheGridAndWithTheMultiplier, ()) {
    CallBelief belief{.limit_s = 5.0 + *rc::gen::inRange(0, 50), .delay_s = 4 * chance()};
    belief.hazards = ring_hazards(any_rings(), any_open());
    const CallTable table{belief};
    const double age_s = 60 * chance();
    const double low = 0.1 + 2 * chance();
    const double high = low + 2 * chance();
    const GridRow few = table.ringing(age_s, low);
    const GridRow many = table.ringing(age_s, high);
    for (int k = 0; k < kGridPoints; ++k) {
        RC_ASSERT(few[k] >= 0 && many[k] <= 1);
        RC_ASSERT(few[k] <= many[k] + 1e-12);
        RC_ASSERT(few[k] >= few[std::max(0, k - 1)] - 1e-12);
    }
    RC_ASSERT(std::abs(table.new_call_weights().sum() - 1) < 1e-9);
}

std::vector<double> any_hazard(DurationPrior prior) {
    DurationMemory memory;
    const std::vector<double> first = duration_hazard(memory, {}, prior);
    const int count = *rc::gen::inRange(0, 200);
    for (int i = 0; i < count; ++i) {
        const AgentId agent{static_cast<std::uint64_t>(*rc::gen::inRange(1, 5))};
        learn_duration(memory, agent, *rc::gen::inRange(0, 20'000) / 10.0, first, 5, at(i));
    }
    return duration_hazard(memory, {}, prior);
}

RC_GTEST_PROP(DurationLaw, HazardsArePositiveAndTheMeanIsFinite, ()) {
    const auto hazard = any_hazard(kTalkPrior);
    for (const double rate : hazard) RC_ASSERT(rate > 0);
    const double mean = mean_duration_s(hazard);
    RC_ASSERT(mean > 0 && mean < 1e5);
}

RC_GTEST_PROP(DurationLaw, WorkUnderWayNeverShortensTheMean, ()) {
    DurationMemory memory;
    const auto first = duration_hazard(memory, {}, kTalkPrior);
    for (int i = *rc::gen::inRange(0, 100); i > 0; --i) {
        learn_duration(memory, AgentId{1}, 300 * chance(), first, 5, at(100 - i));
    }
    std::vector<double> open;
    for (int i = *rc::gen::inRange(0, 20); i > 0; --i) open.push_back(500 * chance());
    RC_ASSERT(mean_duration_s(duration_hazard(memory, open, kTalkPrior)) >=
              mean_duration_s(duration_hazard(memory, {}, kTalkPrior)) - 1e-9);
}

RC_GTEST_PROP(AgentTableLaw, ChancesRiseAlongTheGridAndWithThePace, ()) {
    AgentBelief belief{.patience_s = 3 * chance()};
    belief.talk_hazard = any_hazard(kTalkPrior);
    belief.wrap_up_hazard = any_hazard(kWrapUpPrior);
    const AgentTable table{belief};
    const double elapsed_s = 1000 * chance();
    const double slow = 0.7 + 0.7 * chance();
    const double fast = slow + (1.4 - slow) * chance();
    for (const bool talking : {true, false}) {
        const auto row = [&](double pace) {
            return talking ? table.talking(elapsed_s, pace) : table.wrapping(elapsed_s, pace);
        };
        const GridRow late = row(slow);
        const GridRow soon = row(fast);
        for (int k = 0; k < kGridPoints; ++k) {
            RC_ASSERT(late[k] >= 0 && soon[k] <= 1);
            RC_ASSERT(late[k] >= late[std::max(0, k - 1)] - 1e-12);
            RC_ASSERT(late[k] <= soon[k] + 1e-12);
        }
    }
}

RC_GTEST_PROP(AnswerRatesLaw, FactorsArePositiveAndAverageToOne, ()) {
    AnswerMemory memory;
    const int count = *rc::gen::inRange(1, 400);
    double seconds = 0;
    for (int i = 0; i < count; ++i) {
        seconds += 100 * chance();
        const AnswerKey key{.list = ListId{static_cast<std::uint64_t>(*rc::gen::inRange(1, 4))},
                            .hour_of_week = *rc::gen::inRange(0, 168),
                            .attempt = *rc::gen::inRange(1, 9)};
        learn_answer(memory, key, *rc::gen::arbitrary<bool>(), chance(), AnswerFactors{},
                     at(seconds));
    }
    const AnswerFactors factors = answer_factors(memory, 0.05 + 0.5 * chance(), at(seconds));
    double lowest = 1e9;
    double highest = 0;
    for (const auto& list : factors.lists) {
        lowest = std::min(lowest, list.factor);
        highest = std::max(highest, list.factor);
    }
    RC_ASSERT(lowest > 0);
    RC_ASSERT(lowest <= 1 + 1e-9 && highest >= 1 - 1e-9);
}

RC_GTEST_PROP(DetectionLaw, MeansStayWithinWhatWasHeard, ()) {
    DetectionMemory memory;
    const int count = *rc::gen::inRange(0, 200);
    for (int i = 0; i < count; ++i) {
        learn_verdict(memory, {1 + chance(), 1 + chance(), *rc::gen::arbitrary<bool>()});
        learn_audit(memory, {*rc::gen::arbitrary<bool>()});
    }
    RC_ASSERT(mean_delay_s(memory) >= 1 && mean_delay_s(memory) <= 2);
    RC_ASSERT(mean_patience_s(memory) >= 1 && mean_patience_s(memory) <= 2);
    RC_ASSERT(false_machine_share(memory) > 0 && false_machine_share(memory) < 1);
}

}  // namespace
}  // namespace bellwether::pacing
