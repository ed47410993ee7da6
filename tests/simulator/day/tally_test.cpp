#include "simulator/day/tally.h"

#include <gtest/gtest.h>

namespace bellwether::simulator {
namespace {

using engine::AgentState;
using namespace std::chrono_literals;

constexpr Instant kBegin{100h};
constexpr AgentId kAnna{1};
constexpr AgentId kBen{2};

/// Anna: 30 s idle, 100 s talk, 20 s wrap-up, a break from 150 s to 200 s, idle to the end.
/// Ben: idle all the time.
DayTally five_minutes() {
    DayClerk clerk{kBegin, 5min};
    for (const AgentId agent : {kAnna, kBen}) {
        clerk.agent_is(agent, AgentState::CallingPhone, kBegin);
        clerk.agent_is(agent, AgentState::Ready, kBegin);
    }
    clerk.agent_is(kAnna, AgentState::OnCall, kBegin + 30s);
    clerk.agent_is(kAnna, AgentState::WrapUp, kBegin + 130s);
    clerk.agent_is(kAnna, AgentState::Paused, kBegin + 150s);
    clerk.agent_is(kAnna, AgentState::Ready, kBegin + 200s);
    return clerk.close(kBegin + 10min);
}

TEST(DayClerk, CountsWhereAgentsSpendTheirTime) {
    const DayTally tally = five_minutes();
    EXPECT_EQ(tally.talk, 100s);
    EXPECT_EQ(tally.wrap, 20s);
    EXPECT_EQ(tally.staffed, 300s + 250s);
    EXPECT_DOUBLE_EQ(tally.utilisation(), 120.0 / 550);
    EXPECT_DOUBLE_EQ(tally.talk_share(), 100.0 / 550);
    ASSERT_EQ(tally.waits.size(), 1U);
    EXPECT_EQ(tally.waits[0], 30s);
}

TEST(DayClerk, CutsItIntoMinutes) {
    const DayTally tally = five_minutes();
    ASSERT_EQ(tally.minutes.size(), 5U);
    EXPECT_EQ(tally.minutes[0].busy, 30s);
    EXPECT_EQ(tally.minutes[1].busy, 60s);
    EXPECT_EQ(tally.minutes[2].busy, 30s);
    EXPECT_EQ(tally.minutes[2].staffed, 90s);
    EXPECT_EQ(tally.minutes[3].staffed, 100s);
    EXPECT_EQ(tally.minutes[4].staffed, 120s);
}

TEST(DayClerk, WhatComesAfterTheHoursCountsForAnswersAlone) {
    DayClerk clerk{kBegin, 90s};
    clerk.agent_is(kAnna, AgentState::Ready, kBegin);
    clerk.call_placed(kBegin + 80s);
    clerk.person_answered(kBegin + 89s);
    clerk.person_answered(kBegin + 95s);
    clerk.person_abandoned(kBegin + 95s);
    clerk.agent_is(kAnna, AgentState::OnCall, kBegin + 91s);
    const DayTally tally = clerk.close(kBegin + 1h);
    EXPECT_EQ(tally.live_answers, 2);
    EXPECT_EQ(tally.abandoned, 1);
    EXPECT_EQ(tally.staffed, 90s);
    EXPECT_EQ(tally.talk, 0s);
    EXPECT_TRUE(tally.waits.empty());
    ASSERT_EQ(tally.minutes.size(), 2U);  // the second is half a minute
    EXPECT_EQ(tally.minutes[1].live_answers, 1);
    EXPECT_EQ(tally.minutes[1].abandoned, 0);
    EXPECT_EQ(tally.minutes[1].placed, 1);
}

TEST(DayTally, AddsUpBeforeItDivides) {
    DayTally sum;
    DayTally day = five_minutes();
    day.live_answers = 100;
    day.abandoned = 3;
    sum.add(day);
    day.live_answers = 300;
    day.abandoned = 1;
    day.minutes[0].placed = 7;
    sum.add(day);
    EXPECT_DOUBLE_EQ(sum.abandonment(), 4.0 / 400);
    EXPECT_EQ(sum.staffed, 1100s);
    EXPECT_EQ(sum.waits.size(), 2U);
    EXPECT_EQ(sum.minutes[0].placed, 7);
    EXPECT_EQ(sum.minutes[1].busy, 120s);
}

TEST(DayTally, NothingIsNotADivisionByNothing) {
    const DayTally nothing;
    EXPECT_EQ(nothing.utilisation(), 0);
    EXPECT_EQ(nothing.abandonment(), 0);
}

}  // namespace
}  // namespace bellwether::simulator
