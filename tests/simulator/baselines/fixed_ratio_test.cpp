#include "simulator/baselines/fixed_ratio.h"

#include <gtest/gtest.h>

namespace bellwether::simulator {
namespace {

pacing::Picture floor_with(int idle, int ringing, int waiting) {
    pacing::Picture picture;
    picture.idle = idle;
    picture.waiting = waiting;
    picture.ringing.resize(static_cast<std::size_t>(ringing));
    return picture;
}

TEST(FixedRatio, GivesEachReadyAgentHisLines) {
    FixedRatio rule{2.0};
    EXPECT_EQ(rule.decide({}, floor_with(3, 0, 0)).lines, 6);
    EXPECT_EQ(rule.decide({}, floor_with(3, 4, 1)).lines, 1);
    EXPECT_EQ(rule.decide({}, floor_with(0, 4, 1)).lines, 0);
}

TEST(FixedRatio, RoundsDownAfterBinaryRounding) {
    EXPECT_EQ(FixedRatio{1.15}.decide({}, floor_with(20, 0, 0)).lines, 23);  // 1.15 * 20 = 23
    EXPECT_EQ(FixedRatio{1.5}.decide({}, floor_with(3, 0, 0)).lines, 4);
}

TEST(FixedRatio, HeedsNoAccount) {
    FixedRatio rule{3.0};
    auto picture = floor_with(2, 0, 0);
    picture.accounts.push_back({.cap = 0.03, .live_answers = 10, .abandoned = 10});
    EXPECT_EQ(rule.decide({}, picture).lines, 6);
}

TEST(FixedRatio, TellsThePlainFacts) {
    const auto forecast = FixedRatio{1.0}.decide({}, floor_with(3, 2, 1)).forecast;
    EXPECT_EQ(forecast.idle, 3);
    EXPECT_EQ(forecast.in_flight, 2);
    EXPECT_EQ(forecast.waiting, 1);
    EXPECT_EQ(forecast.agents, 3);
}

}  // namespace
}  // namespace bellwether::simulator
