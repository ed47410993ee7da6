#include "pacing/ring_model.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bellwether::pacing {
namespace {

Instant at(double seconds) { return Instant{Duration{static_cast<std::int64_t>(seconds * 1e6)}}; }

// The tables of scripts/reference/pacing.py, part ring; later ages like the last.
RingHazards reference_hazards() {
    RingHazards hazards{.live = {0.0, 0.001, 0.004, 0.01, 0.02, 0.03, 0.03, 0.02},
                        .machine = {0.0, 0.0, 0.0, 0.005, 0.01, 0.02, 0.03, 0.04},
                        .fast_fail = {0.02, 0.02, 0.03, 0.01, 0.0, 0.0, 0.0, 0.0}};
    for (auto* hazard : {&hazards.live, &hazards.machine, &hazards.fast_fail}) {
        hazard->resize(kRingBins, hazard->back());
    }
    return hazards;
}

// Expected values: scripts/reference/pacing.py, part ring (integration in steps of 0.1 ms).
TEST(RingCurve, IsThatOfTheReference) {
    const RingCurve curve{reference_hazards(), 20};
    EXPECT_NEAR(curve.survival(0), 1, 1e-12);
    EXPECT_NEAR(curve.survival(3.5), 0.916218872, 1e-4);  // a straight line within the second
    EXPECT_NEAR(curve.survival(8), 0.740818221, 1e-8);
    EXPECT_NEAR(curve.survival(20), 0.360594940, 1e-8);
    EXPECT_NEAR(curve.answered_by(3.5), 0.009354606, 1e-4);
    EXPECT_NEAR(curve.answered_by(8), 0.097021366, 1e-6);
    EXPECT_NEAR(curve.answer_rate(), 0.223762459, 1e-6);
    EXPECT_NEAR(curve.machine_rate(), 0.338968420, 1e-6);
    EXPECT_NEAR(curve.mean_ring_s(), 13.4791412, 0.01);
}

TEST(RingCurve, NobodyAnswersAfterTheRingLimit) {
    const RingCurve curve{reference_hazards(), 20};
    EXPECT_EQ(curve.answered_by(60), curve.answered_by(20));
}

/// A call a second for hours: some answered at 10 s, a tenth refused at 3 s, the rest not.
class Flow {
public:
    void run(int calls, double live_share) {
        for (int i = 0; i < calls; ++i) {
            now_s_ += 1;
            const int kind = ++placed_ % 100;
            Under way{.placed_s = now_s_};
            if (kind % 10 == 9) {
                way.ring = {.end = RingEnd::FastFail, .ring_s = 3.5};
            } else if (kind < 100 * live_share * 10 / 9) {
                way.ring = {.end = RingEnd::Live, .ring_s = 10.5};
            }
            under_way_.push_back(way);
            std::erase_if(under_way_, [&](const Under& call) { return ends(call); });
        }
    }
    [[nodiscard]] std::vector<OpenRing> open() const {
        std::vector<OpenRing> open;
        for (const Under& call : under_way_) open.push_back({.ring_s = now_s_ - call.placed_s});
        return open;
    }
    [[nodiscard]] RingCurve curve() const { return {ring_hazards(memory, open()), 25}; }

    RingMemory memory;

private:
    struct Under {
        double placed_s = 0;
        RingEnded ring{.end = RingEnd::Censored, .ring_s = 25};
    };
    bool ends(const Under& call) {
        if (call.placed_s + call.ring.ring_s > now_s_) return false;
        learn_ring(memory, call.ring, 1, 20, at(now_s_));
        return true;
    }

    int placed_ = 0;
    double now_s_ = 0;
    std::vector<Under> under_way_;
};

TEST(RingModel, LearnsWhenAndHowOftenPeopleAnswer) {
    Flow flow;
    flow.run(12'000, 0.20);
    EXPECT_NEAR(flow.curve().answer_rate(), 0.20, 0.015);
    EXPECT_LT(flow.curve().answered_by(10), 0.01);
    EXPECT_GT(flow.curve().answered_by(11), 0.18);
}

TEST(RingModel, ForgetsTheLevelInSomeHundredCalls) {
    Flow flow;
    flow.run(12'000, 0.20);
    flow.run(600, 0.50);
    EXPECT_NEAR(flow.curve().answer_rate(), 0.50, 0.09);
}

TEST(RingModel, ARingOfMultiplierTwoTellsHalfAsMuchOfTheLevel) {
    RingMemory plain;
    RingMemory doubled;
    for (int i = 0; i < 3000; ++i) {
        const RingEnded ring{.end = i % 5 == 0 ? RingEnd::Live : RingEnd::Censored, .ring_s = 20.5};
        learn_ring(plain, ring, 1, 20, at(i));
        learn_ring(doubled, ring, 2, 20, at(i));
    }
    const double at_20 = ring_hazards(plain, {}).live[20];
    EXPECT_NEAR(ring_hazards(doubled, {}).live[20] / at_20, 0.5, 0.06);
}

// The trap of research: pacing B.6. 2000 calls dialed at once, 5 s ago: the fast refusals are in,
// everything else rings. Without the calls under way as exposure the outcomes would say that all
// calls fail; with them the answer rate stays near its first guess, less the seconds in which
// nobody answered.
TEST(RingModel, ACohortUnderWayIsNoReasonToDespair) {
    RingMemory memory;
    std::vector<OpenRing> open;
    for (int i = 0; i < 2000; ++i) {
        if (i % 20 == 0) {
            learn_ring(memory, {.end = RingEnd::FastFail, .ring_s = 3.5}, 1, 2000, at(4));
        } else {
            open.push_back({.ring_s = 5});
        }
    }
    const double first_guess = RingCurve{ring_hazards(RingMemory{}, {}), 25}.answer_rate();
    const double now = RingCurve{ring_hazards(memory, open), 25}.answer_rate();
    EXPECT_GT(now, 0.6 * first_guess);
    EXPECT_LT(now, first_guess);
    EXPECT_LT(RingCurve(ring_hazards(memory, open), 25).answered_by(5), 0.01);
}

// A pickup whose verdict is awaited is neither forgotten nor taken for a person.
TEST(RingModel, APickupWithoutAVerdictCountsInShares) {
    Flow flow;
    flow.run(12'000, 0.20);
    const auto rate = [&](const std::vector<OpenRing>& open) {
        return RingCurve{ring_hazards(flow.memory, open), 25}.answer_rate();
    };
    const std::vector<OpenRing> ringing(50, {.ring_s = 10.5});
    const std::vector<OpenRing> picked_up(50, {.ring_s = 10.5, .picked_up = true});
    EXPECT_GT(rate(picked_up), 1.1 * rate(ringing));
}

// Work in progress beside finished work that is fully weighted counts the same seconds twice.
TEST(RingModel, ManyCallsUnderWayDoNotLowerTheRate) {
    RingMemory memory;
    std::vector<OpenRing> open;
    constexpr int kPerS =
        35;  // 875 calls in flight, all ring 25 s but every fifth, answered at 20 s
    for (int i = 0; i < 200 * kPerS; ++i) {
        RingEnded ring{.end = RingEnd::Censored, .ring_s = 25};
        if (i % 5 == 0) ring = {.end = RingEnd::Live, .ring_s = 20.5};
        learn_ring(memory, ring, 1, 875, at(25 + static_cast<double>(i) / kPerS));
    }
    for (int i = 0; i < 875; ++i) open.push_back({.ring_s = static_cast<double>(i) / kPerS});
    const double rate = RingCurve{ring_hazards(memory, open), 25}.answer_rate();
    EXPECT_NEAR(rate, 0.2, 0.015);
}

TEST(RingModel, IsSurerWithMoreAnswers) {
    RingMemory memory;
    EXPECT_NEAR(relative_error(memory), 0.5, 1e-12);
    for (int i = 0; i < 96; ++i) {
        learn_ring(memory, {.end = RingEnd::Live, .ring_s = 9}, 1, 10'000, at(i));
    }
    EXPECT_NEAR(relative_error(memory), 0.1, 0.001);
}

TEST(RingModel, ExpectedAnswersAreTheHazardsSum) {
    // 0.001 + 0.004 + half of 0.01, by hand from the table above.
    EXPECT_NEAR(expected_answers(reference_hazards(), 3.5), 0.010, 1e-12);
}

}  // namespace
}  // namespace bellwether::pacing
