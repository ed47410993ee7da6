#include "pacing/call_table.h"

#include <gtest/gtest.h>

namespace bellwether::pacing {
namespace {

// The tables of scripts/reference/pacing.py, part ring; later ages like the last.
CallBelief reference_belief() {
    CallBelief belief{.limit_s = 20, .delay_s = 1.5};
    belief.hazards = {.live = {0.0, 0.001, 0.004, 0.01, 0.02, 0.03, 0.03, 0.02},
                      .machine = {0.0, 0.0, 0.0, 0.005, 0.01, 0.02, 0.03, 0.04},
                      .fast_fail = {0.02, 0.02, 0.03, 0.01, 0.0, 0.0, 0.0, 0.0}};
    for (auto* hazard :
         {&belief.hazards.live, &belief.hazards.machine, &belief.hazards.fast_fail}) {
        hazard->resize(kRingBins, hazard->back());
    }
    return belief;
}

// Expected values: scripts/reference/pacing.py, part ring.
TEST(CallTable, RingingIsThatOfTheReference) {
    const CallTable table{reference_belief()};
    const GridRow row = table.ringing(3.5, 1);
    EXPECT_NEAR(row[0], 0, 1e-12);  // the verdict takes longer than the first moment
    EXPECT_NEAR(row[2], 0.0996965, 5e-4);
    EXPECT_NEAR(row[11], 0.2340148, 5e-4);
    EXPECT_NEAR(table.answer_rate(1), 0.223762459, 1e-6);
}

// Bayes' rule by hand: twice as likely to answer, 0.4475 instead of 0.2238, odds 2.811 times as
// high; the odds of an answer after 3.5 s, 0.2340 to 0.7660, rise as much: to 0.4620.
TEST(CallTable, AMultiplierChangesTheOdds) {
    const CallTable table{reference_belief()};
    EXPECT_NEAR(table.ringing(3.5, 2)[11], 0.4620, 1e-3);
    EXPECT_NEAR(table.ringing(0, 2)[11], 0.4475, 1e-3);
    EXPECT_NEAR(table.answer_rate(2), 0.4475, 1e-3);
}

TEST(CallTable, WeightsOfANewCallSumToOneAndFollowTheRing) {
    const CallTable table{reference_belief()};
    const GridRow& weights = table.new_call_weights();
    EXPECT_NEAR(weights.sum(), 1, 1e-12);
    EXPECT_LT(weights[0], 0.01);
    EXPECT_GT(weights[2], 0.15);
    EXPECT_NEAR(weights[11], 0, 1e-12);  // 27.5 s: past the limit and the verdict
}

TEST(CallTable, ACallPastTheLimitIsNotAnswered) {
    const CallTable table{reference_belief()};
    EXPECT_EQ(table.ringing(20, 1)[11], 0);
    EXPECT_EQ(table.ringing(400, 3)[11], 0);
}

// At 6 s: live 0.03 against machine 0.03, smoothed over 5, 6 and 7 s: 0.08 to 0.09.
TEST(CallTable, AnEarlyPickupIsRatherAPerson) {
    const CallTable table{reference_belief()};
    EXPECT_NEAR(table.human(6, 1), 0.08 / 0.17, 1e-9);
    EXPECT_GT(table.human(3, 1), table.human(8, 1));
    EXPECT_GT(table.human(6, 2), table.human(6, 1));
}

}  // namespace
}  // namespace bellwether::pacing
