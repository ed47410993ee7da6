#include "pacing/learning.h"

#include <gtest/gtest.h>

namespace bellwether::pacing {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart{10h};

Picture at(Instant now) { return {.at = now}; }

TEST(Learning, EveryHappeningReachesItsMemory) {
    PacerState state;
    renew_beliefs(state, {}, at(kStart));
    const PacerState before = state;
    learn_from(state, RingEnded{RingEnd::Live, 9, {ListId{1}, 10, 1}}, kStart);
    EXPECT_NE(state.rings, before.rings);
    EXPECT_NE(state.answers, before.answers);
    EXPECT_EQ(state.safeguards.live_answers, 1);
    learn_from(state, VerdictGiven{1, 1, true}, kStart);
    EXPECT_NE(state.detection, before.detection);
    learn_from(state, TalkEnded{AgentId{1}, 60}, kStart);
    EXPECT_NE(state.talks, before.talks);
    learn_from(state, WrapUpEnded{AgentId{1}, 15, true}, kStart);
    EXPECT_NE(state.wrap_ups, before.wrap_ups);
    EXPECT_EQ(state.absence.left, 1);
    learn_from(state, LiveAnswerResolved{true}, kStart);
    EXPECT_NE(state.budget, before.budget);
    learn_from(state, MachineAudited{true}, kStart);
    EXPECT_EQ(state.detection.mistaken, state.detection.machines);
    EXPECT_EQ(state.safeguards.last_news, kStart);
}

// After a restart, what is read from the journal comes before the first decision.
TEST(Learning, WorksBeforeTheFirstDecision) {
    PacerState state;
    learn_from(state, RingEnded{RingEnd::Live, 9, {ListId{1}, 10, 1}}, kStart);
    learn_from(state, TalkEnded{AgentId{1}, 60}, kStart);
    learn_from(state, WrapUpEnded{AgentId{1}, 15, false}, kStart);
    renew_beliefs(state, {}, at(kStart));
    EXPECT_TRUE(state.call_belief && state.agent_belief);
}

TEST(Learning, BeliefsAreDrawnWhenTheyAreDue) {
    PacerState state;
    renew_beliefs(state, {}, at(kStart));
    renew_beliefs(state, {}, at(kStart + 4900ms));
    EXPECT_EQ(state.call_belief->at, kStart);
    renew_beliefs(state, {}, at(kStart + 5s));
    EXPECT_EQ(state.call_belief->at, kStart + 5s);
    EXPECT_EQ(state.agent_belief->at, kStart);
    renew_beliefs(state, {}, at(kStart + 10s));
    EXPECT_EQ(state.agent_belief->at, kStart + 10s);
}

TEST(Learning, AnotherRingLimitIsBelievedAtOnce) {
    PacerState state;
    renew_beliefs(state, {.no_answer_s = 25}, at(kStart));
    renew_beliefs(state, {.no_answer_s = 40}, at(kStart + 1s));
    EXPECT_EQ(state.call_belief->limit_s, 40);
}

TEST(Learning, WhatGoesOnIsPartOfTheBelief) {
    PacerState quiet;
    renew_beliefs(quiet, {}, at(kStart));
    Picture many = at(kStart);
    for (int i = 0; i < 200; ++i) {
        many.ringing.push_back({CallId{1}, 20, {}, true});
        many.talking.push_back({AgentId{1}, 300, false});
    }
    PacerState busy;
    renew_beliefs(busy, {}, many);
    EXPECT_LT(busy.call_belief->answer_rate, quiet.call_belief->answer_rate);
    EXPECT_GT(busy.agent_belief->talk_s, quiet.agent_belief->talk_s);
}

TEST(Learning, PacesOfTalkAndWrapUpAreMatched) {
    PacerState state;
    renew_beliefs(state, {}, at(kStart));
    for (int i = 0; i < 50; ++i) {
        learn_from(state, TalkEnded{AgentId{1}, 45}, kStart);
        learn_from(state, TalkEnded{AgentId{2}, 90}, kStart);
        learn_from(state, WrapUpEnded{AgentId{2}, 10, false}, kStart);
    }
    renew_beliefs(state, {}, at(kStart + 10s));
    const auto& paces = state.agent_belief->paces;
    ASSERT_EQ(paces.size(), 2U);
    EXPECT_GT(paces[0].talk, 1.3);
    EXPECT_EQ(paces[0].wrap_up, 1);
    EXPECT_GT(paces[1].wrap_up, 1.3);
}

}  // namespace
}  // namespace bellwether::pacing
