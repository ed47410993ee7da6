#include "simulator/baselines/expectation.h"

#include <gtest/gtest.h>

namespace bellwether::simulator {
namespace {

// Expected values: scripts/reference/expectation.py.
constexpr double kFree = 5.919245534681;
constexpr double kAnswers = 4.0;
constexpr int kLines = 15;
constexpr double kWeightAfter = 1.197574104285;
constexpr int kLinesAfter = 10;
constexpr double kExact = 1e-9;

pacing::Picture busy_floor() {
    pacing::Picture picture;
    picture.idle = 3;
    picture.waiting = 1;
    picture.talking.resize(20);
    picture.wrapping.resize(10);
    picture.ringing.resize(8);
    picture.detecting.resize(4);
    picture.accounts.push_back({.cap = 0.03});
    return picture;
}

TEST(Expectation, MatchesExpectedAnswersWithExpectedFreeAgents) {
    Expectation rule;
    const auto verdict = rule.decide({}, busy_floor());
    EXPECT_NEAR(verdict.forecast.expected_free, kFree, kExact);
    EXPECT_NEAR(verdict.forecast.expected_answers, kAnswers, kExact);
    EXPECT_EQ(verdict.lines, kLines);
}

TEST(Expectation, GrowsMoreCarefulWithEachAbandonedCall) {
    Expectation rule;
    (void)rule.decide({}, busy_floor());  // tells it the cap
    for (const bool abandoned : {true, false, false, true}) {
        rule.learn(pacing::LiveAnswerResolved{abandoned}, {});
    }
    EXPECT_NEAR(rule.weight(), kWeightAfter, kExact);
    EXPECT_EQ(rule.decide({}, busy_floor()).lines, kLinesAfter);
}

TEST(Expectation, CountsNobodyWhoLeaves) {
    Expectation rule;
    auto picture = busy_floor();
    for (auto& agent : picture.talking) agent.leaves = true;
    for (auto& agent : picture.wrapping) agent.leaves = true;
    EXPECT_EQ(rule.decide({}, picture).forecast.expected_free, 0);
}

TEST(Expectation, AlwaysHasALineForEachReadyAgent) {
    Expectation rule;
    for (int call = 0; call < 200; ++call) rule.learn(pacing::LiveAnswerResolved{true}, {});
    pacing::Picture picture;
    picture.idle = 5;
    picture.ringing.resize(2);
    EXPECT_EQ(rule.decide({}, picture).lines, 3);
}

TEST(Expectation, LearnsHowLongACallMustRingToBeHopeless) {
    Expectation rule;
    for (int call = 0; call < 30; ++call) {
        const bool live = call % 3 == 0;
        rule.learn(
            pacing::RingEnded{.end = live ? pacing::RingEnd::Live : pacing::RingEnd::Censored,
                              .ring_s = live ? 10.5 : 25.0},
            {});
    }
    const auto chance_at = [&](double age_s) {
        pacing::Picture picture;
        picture.ringing.push_back({.age_s = age_s});
        return rule.decide({}, picture).forecast.expected_answers;
    };
    EXPECT_NEAR(chance_at(0), 0.298783081410, kExact);
    EXPECT_NEAR(chance_at(10.9), 0.298783081410, kExact);
    EXPECT_NEAR(chance_at(11), 0.126479654174, kExact);
    EXPECT_NEAR(chance_at(24), 0.126479654174, kExact);
}

}  // namespace
}  // namespace bellwether::simulator
