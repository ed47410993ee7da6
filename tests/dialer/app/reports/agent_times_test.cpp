#include "dialer/app/reports/agent_times.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using engine::AgentReason;
using engine::AgentState;

UtcTime at(int seconds) { return UtcTime{std::chrono::seconds{1'000'000 + seconds}}; }

store::AgentStateRecord to(AgentState state, int seconds, AgentReason reason = AgentReason::Asked) {
    return {AgentId{1}, state, reason, CampaignId{1}, at(seconds)};
}

TEST(AgentTimes, AddUp) {
    const auto times = agent_times(
        {to(AgentState::CallingPhone, 0, AgentReason::SignedIn), to(AgentState::Paused, 5),
         to(AgentState::Ready, 25), to(AgentState::OnCall, 40), to(AgentState::WrapUp, 100),
         to(AgentState::Paused, 110, AgentReason::PhoneLost), to(AgentState::SignedOut, 140),
         to(AgentState::Ready, 200)},
        {at(0), at(260)}, at(230));
    EXPECT_EQ(times.calling_phone.count(), 5);
    EXPECT_EQ(times.paused.count(), 50);
    EXPECT_EQ(times.paused_by.at("ASKED").count(), 20);
    EXPECT_EQ(times.paused_by.at("PHONE_LOST").count(), 30);
    EXPECT_EQ(times.ready.count(), 15 + 30) << "the last state lasts until now";
    EXPECT_EQ(times.talk.count(), 60);
    EXPECT_EQ(times.wrap_up.count(), 10);
    EXPECT_EQ(times.signed_in.count(), 170);
    EXPECT_EQ(times.signed_in,
              times.ready + times.talk + times.wrap_up + times.paused + times.calling_phone);
    EXPECT_EQ(times.sign_ins, 2);
}

TEST(AgentTimes, TellPausesByTheirCode) {
    auto lunch = to(AgentState::Paused, 0);
    lunch.code = "LUNCH";
    const auto times = agent_times({lunch, to(AgentState::Paused, 60)}, {at(0), at(90)}, at(999));
    EXPECT_EQ(times.paused_by.at("LUNCH").count(), 60);
    EXPECT_EQ(times.paused_by.at("ASKED").count(), 30);
}

TEST(AgentTimes, BeginWithTheStateInForce) {
    const auto times = agent_times({to(AgentState::Ready, -500), to(AgentState::OnCall, 30)},
                                   {at(0), at(60)}, at(9'999));
    EXPECT_EQ(times.ready.count(), 30);
    EXPECT_EQ(times.talk.count(), 30);
    EXPECT_EQ(times.sign_ins, 0) << "he signed in before";
}

}  // namespace
}  // namespace bellwether::app
