#include "pacing/duration_model.h"

#include <gtest/gtest.h>

#include "base/maths.h"
#include "base/rng.h"

namespace bellwether::pacing {
namespace {

Instant at(double seconds) { return Instant{Duration{static_cast<std::int64_t>(seconds * 1e6)}}; }

std::vector<double> reference_hazard() {
    std::vector<double> hazard;
    for (std::size_t i = 0; i < kDurationEdges.size(); ++i) {
        hazard.push_back(0.002 + 0.0008 * static_cast<double>(i));
    }
    return hazard;
}

// Expected values: scripts/reference/pacing.py, part duration.
TEST(DurationModel, SurvivalAndMeanAreThoseOfTheReference) {
    const std::vector<double> hazard = reference_hazard();
    const auto survival = [&](double x) { return maths::exp(-cumulated_hazard(hazard, x)); };
    EXPECT_NEAR(survival(1), 0.998001999, 1e-8);
    EXPECT_NEAR(survival(7), 0.979023140, 1e-8);
    EXPECT_NEAR(survival(70), 0.528982462, 1e-8);
    EXPECT_NEAR(survival(333), 0.008439772, 1e-8);
    EXPECT_NEAR(mean_duration_s(hazard), 91.63280, 0.01);
}

TEST(DurationModel, BeforeAnythingItIsThePrior) {
    const auto hazard = duration_hazard(DurationMemory{}, {}, kTalkPrior);
    EXPECT_NEAR(mean_duration_s(hazard), 90, 1e-9);
}

TEST(DurationModel, LearnsAnyShape) {
    Rng rng{3, "talks"};
    DurationMemory memory;
    const auto prior = duration_hazard(memory, {}, kTalkPrior);
    // A third hang up at once, the others talk for two minutes and a bit.
    for (int i = 0; i < 3000; ++i) {
        const double talk = i % 3 == 0 ? rng.uniform(3, 6) : rng.uniform(110, 150);
        learn_duration(memory, AgentId{1}, talk, prior, 25, at(i));
    }
    const auto hazard = duration_hazard(memory, {}, kTalkPrior);
    EXPECT_NEAR(maths::exp(-cumulated_hazard(hazard, 10)), 2.0 / 3, 0.03);
    EXPECT_NEAR(maths::exp(-cumulated_hazard(hazard, 100)), 2.0 / 3, 0.05);
    EXPECT_LT(maths::exp(-cumulated_hazard(hazard, 160)), 0.04);
    EXPECT_NEAR(mean_duration_s(hazard), 4.5 / 3 + 130.0 * 2 / 3, 5);
}

TEST(DurationModel, TalksThatGoOnAreNoEnds) {
    DurationMemory memory;
    const auto prior = duration_hazard(memory, {}, kTalkPrior);
    for (int i = 0; i < 200; ++i) learn_duration(memory, AgentId{1}, 5, prior, 25, at(i));
    const std::vector<double> open(200, 60.0);
    EXPECT_GT(mean_duration_s(duration_hazard(memory, open, kTalkPrior)),
              2 * mean_duration_s(duration_hazard(memory, {}, kTalkPrior)));
}

TEST(DurationModel, AnAgentTwiceAsFastIsFoundOut) {
    const std::vector<double> hazard(kDurationEdges.size(), 1.0 / 60);
    DurationMemory memory;
    for (int i = 0; i < 150; ++i) {
        learn_duration(memory, AgentId{7}, 30, hazard, 25, at(i));
        learn_duration(memory, AgentId{2}, 60, hazard, 25, at(i));
    }
    ASSERT_EQ(memory.paces.size(), 2U);
    EXPECT_EQ(memory.paces[0].agent, AgentId{2});  // sorted
    EXPECT_NEAR(pace_of(memory.paces[0]), 1.0, 1e-9);
    EXPECT_NEAR(pace_of(memory.paces[1]), 2.0, 0.35);  // pulled towards 1 by 20 ends
    EXPECT_LT(pace_of(memory.paces[1]), 2.0);
}

TEST(DurationModel, StepsBeginAtTheirEdges) {
    EXPECT_EQ(duration_step(0), 0);
    EXPECT_EQ(duration_step(1.99), 0);
    EXPECT_EQ(duration_step(2), 1);
    EXPECT_EQ(duration_step(1e6), 24);
}

}  // namespace
}  // namespace bellwether::pacing
