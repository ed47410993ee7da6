#include "pacing/look_ahead.h"

#include <gtest/gtest.h>

#include "pacing/duration_model.h"
#include "pacing/learning.h"

namespace bellwether::pacing {
namespace {

/// A state with beliefs drawn from the priors.
PacerState fresh_state() {
    PacerState state;
    renew_beliefs(state, Settings{}, Picture{});
    return state;
}

Picture busy(int idle, int talking, int ringing) {
    Picture picture{.idle = idle};
    for (int i = 0; i < talking; ++i) {
        picture.talking.push_back({AgentId{static_cast<std::uint64_t>(i) + 1}, 10.0 * i, false});
    }
    for (int i = 0; i < ringing; ++i) {
        picture.ringing.push_back({CallId{static_cast<std::uint64_t>(i) + 1}, 0.7 * i, {}, true});
    }
    return picture;
}

TEST(LookAhead, ExpectsTheSumOfTheChances) {
    const PacerState state = fresh_state();
    const CallTable calls{*state.call_belief};
    const AgentTable agents{*state.agent_belief};
    const Picture picture = busy(2, 3, 4);
    double free = 0;
    double answers = 0;
    for (const auto& agent : picture.talking) free += agents.talking(agent.elapsed_s, 1)[11];
    for (const auto& call : picture.ringing) answers += calls.ringing(call.age_s, 1)[11];

    LookAhead ahead;
    ahead.follow(state);
    const Foreseen foreseen = ahead.look(state, picture);
    EXPECT_NEAR(foreseen.expected_free, free * 30 / 31, 1e-9);  // one in 31 does not come back
    EXPECT_NEAR(foreseen.expected_answers, answers, 1e-9);
}

TEST(LookAhead, AnAgentWhoLeavesIsNoAgent) {
    const PacerState state = fresh_state();
    LookAhead ahead;
    ahead.follow(state);
    Picture picture = busy(0, 3, 2);
    for (auto& agent : picture.talking) agent.leaves = true;
    EXPECT_EQ(ahead.look(state, picture).expected_free, 0);
    EXPECT_EQ(ahead.chance_for_new_call(), 1);
}

TEST(LookAhead, NoAgentsIsCertainAbandonment) {
    const PacerState state = fresh_state();
    LookAhead ahead;
    ahead.follow(state);
    (void)ahead.look(state, busy(0, 0, 0));
    EXPECT_EQ(ahead.chance_for_new_call(), 1);
}

TEST(LookAhead, FewerCallsThanIdleAgentsAreNoRisk) {
    const PacerState state = fresh_state();
    LookAhead ahead;
    ahead.follow(state);
    (void)ahead.look(state, busy(5, 3, 4));
    EXPECT_NEAR(ahead.chance_for_new_call(), 0, 1e-12);
}

TEST(LookAhead, EachNewCallRaisesTheChance) {
    const PacerState state = fresh_state();
    LookAhead ahead;
    ahead.follow(state);
    (void)ahead.look(state, busy(1, 5, 3));
    double before = ahead.chance_for_new_call();
    for (int i = 0; i < 10; ++i) {
        ahead.add_new_call(state, {});
        EXPECT_GT(ahead.chance_for_new_call(), before);
        before = ahead.chance_for_new_call();
    }
}

// Nine ringing calls of a list that answers four times as often weigh more than nine of an ordinary
// one.
TEST(LookAhead, TheContactsOwnChanceCounts) {
    PacerState state = fresh_state();
    state.call_belief->factors.lists = {{ListId{7}, 3.0}};
    LookAhead ahead;
    ahead.follow(state);
    Picture picture = busy(2, 3, 9);
    (void)ahead.look(state, picture);
    const double ordinary = ahead.chance_for_new_call();
    for (auto& call : picture.ringing) call.key.list = ListId{7};
    (void)ahead.look(state, picture);
    EXPECT_GT(ahead.chance_for_new_call(), ordinary);
}

// An agent known to be quick is expected sooner; the others, asked in any order, are not.
TEST(LookAhead, TheAgentsOwnPaceCounts) {
    PacerState state = fresh_state();
    state.agent_belief->paces = {{AgentId{2}, 1.4, 1.0}, {AgentId{3}, 0.7, 1.0}};
    const AgentTable agents{*state.agent_belief};
    LookAhead ahead;
    ahead.follow(state);
    Picture picture;
    for (const std::uint64_t id : {3U, 1U, 2U}) picture.talking.push_back({AgentId{id}, 30, false});
    const double expected =
        agents.talking(30, 1.4)[11] + agents.talking(30, 0.7)[11] + agents.talking(30, 1.0)[11];
    EXPECT_NEAR(ahead.look(state, picture).expected_free, expected * 30 / 31, 1e-9);
}

TEST(LookAheadDeath, WithoutBeliefsThereIsNothingToFollow) {
    LookAhead ahead;
    EXPECT_DEATH(ahead.follow(PacerState{}), "internal check failed");
}

}  // namespace
}  // namespace bellwether::pacing
