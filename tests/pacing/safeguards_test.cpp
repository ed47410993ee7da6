#include "pacing/safeguards.h"

#include <gtest/gtest.h>

namespace bellwether::pacing {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart{10h};

TEST(Safeguards, WarmUpEndsWithThirtyAnswersAndSixtyOutcomes) {
    SafeguardState state;
    for (int i = 0; i < 40; ++i) learn_outcome(state, RingEnd::Live, 0.2);
    EXPECT_TRUE(warming_up(state));  // 40 outcomes
    for (int i = 0; i < 20; ++i) learn_outcome(state, RingEnd::Censored, 0.2);
    EXPECT_FALSE(warming_up(state));

    SafeguardState unanswered;
    for (int i = 0; i < 500; ++i) learn_outcome(unanswered, RingEnd::Censored, 0.2);
    EXPECT_TRUE(warming_up(unanswered));
}

TEST(Safeguards, TheFloorIsLeftAtOnceAndRegainedAfterAMinute) {
    SafeguardState state;
    follow_floor(state, 3, 3, kStart);
    EXPECT_FALSE(state.below_floor);
    follow_floor(state, 2, 3, kStart + 1s);
    EXPECT_TRUE(state.below_floor);
    follow_floor(state, 3, 3, kStart + 100s);  // the floor itself is not enough
    follow_floor(state, 4, 3, kStart + 200s);
    EXPECT_TRUE(state.below_floor);
    follow_floor(state, 3, 3, kStart + 230s);  // the minute begins again
    follow_floor(state, 4, 3, kStart + 240s);
    follow_floor(state, 4, 3, kStart + 299s);
    EXPECT_TRUE(state.below_floor);
    follow_floor(state, 5, 3, kStart + 300s);
    EXPECT_FALSE(state.below_floor);
}

TEST(Safeguards, RefusalsByTheCarrierAreAnAnomalyOfAMinute) {
    SafeguardState state;
    for (int i = 0; i < 200; ++i) learn_outcome(state, RingEnd::Censored, 0.1);
    look_for_anomaly(state, 0, kStart);
    EXPECT_FALSE(anomaly(state, kStart));
    for (int i = 0; i < 20; ++i) learn_outcome(state, RingEnd::FastFail, 0.02);
    look_for_anomaly(state, 0, kStart);
    EXPECT_TRUE(anomaly(state, kStart + 59s));
    EXPECT_FALSE(anomaly(state, kStart + 60s));
}

TEST(Safeguards, AnOldListWithManyDeadNumbersIsNoAnomaly) {
    SafeguardState state;
    for (int i = 0; i < 500; ++i) {
        learn_outcome(state, i % 20 < 7 ? RingEnd::FastFail : RingEnd::Censored, 0.1);  // 35 %
    }
    look_for_anomaly(state, 0, kStart);
    EXPECT_FALSE(anomaly(state, kStart));
}

TEST(Safeguards, AJumpOfAnswersIsAnAnomalyAndChanceIsNot) {
    SafeguardState usual;
    for (int i = 0; i < 400; ++i) {
        learn_outcome(usual, i % 10 == 0 ? RingEnd::Live : RingEnd::Censored, 0.1);
    }
    look_for_anomaly(usual, 2, kStart);
    EXPECT_FALSE(anomaly(usual, kStart));
    for (int i = 0; i < 25; ++i) {
        learn_outcome(usual, i % 2 == 0 ? RingEnd::Live : RingEnd::Censored, 0.1);
    }
    look_for_anomaly(usual, 0, kStart);
    EXPECT_TRUE(anomaly(usual, kStart));
}

// Calls dialed together: the first answers come before the calls that nobody answers are over.
TEST(Safeguards, WhatIsExpectedOfOpenCallsIsNoJump) {
    SafeguardState state;
    for (int i = 0; i < 40; ++i) learn_outcome(state, RingEnd::Live, 0.1);
    SafeguardState same = state;
    look_for_anomaly(state, 0, kStart);
    EXPECT_TRUE(anomaly(state, kStart));
    look_for_anomaly(same, 30, kStart);
    EXPECT_FALSE(anomaly(same, kStart));
}

TEST(Safeguards, SilenceIsStaleOnlyWhenNewsWereDue) {
    SafeguardState state;
    EXPECT_FALSE(stale(state, 100, kStart));  // nothing has begun
    state.last_news = kStart;
    EXPECT_FALSE(stale(state, 100, kStart + 4900ms));
    EXPECT_TRUE(stale(state, 100, kStart + 5s));
    EXPECT_FALSE(stale(state, 0.4, kStart + 30s));  // eight calls that ring
    EXPECT_TRUE(stale(state, 0.4, kStart + 40s));
}

TEST(Safeguards, EightCallsAreABudget) {
    EXPECT_TRUE(budget_is_small(7.9));
    EXPECT_FALSE(budget_is_small(8));
}

}  // namespace
}  // namespace bellwether::pacing
