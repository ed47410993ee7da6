#include "simulator/whatif/figures.h"

#include <gtest/gtest.h>

namespace bellwether::simulator {
namespace {

using engine::AgentState;
using namespace std::chrono_literals;

TEST(Figures, HaveNoRatesWhereNothingHappened) {
    const Figures nothing;
    EXPECT_EQ(nothing.abandonment(), 0);
    EXPECT_EQ(nothing.utilisation(), 0);
    EXPECT_EQ(nothing.mean_wait_s(), std::nullopt);
}

TEST(StaffClerk, AddsUpTalkWrapUpAndWaits) {
    StaffClerk clerk{Instant::max()};
    const AgentId ann{1};
    clerk.agent_is(ann, AgentState::Ready, Instant{0s});
    clerk.agent_is(ann, AgentState::OnCall, Instant{10s});
    clerk.agent_is(ann, AgentState::WrapUp, Instant{70s});
    clerk.agent_is(ann, AgentState::Paused, Instant{85s});
    clerk.agent_is(ann, AgentState::Ready, Instant{185s});
    clerk.agent_is(ann, AgentState::OnCall, Instant{205s});
    Figures figures;
    clerk.close(Instant{210s}, figures);
    EXPECT_EQ(figures.talk, Duration{65s});
    EXPECT_EQ(figures.wrap, Duration{15s});
    EXPECT_EQ(figures.staffed, Duration{110s});  // 210 s without the pause
    EXPECT_EQ(figures.waits, 2);
    EXPECT_DOUBLE_EQ(*figures.mean_wait_s(), 15);
    EXPECT_DOUBLE_EQ(figures.utilisation(), 80.0 / 110.0);
}

TEST(StaffClerk, CountsNothingBehindTheEnd) {
    StaffClerk clerk{Instant{100s}};
    clerk.agent_is(AgentId{1}, AgentState::Ready, Instant{0s});
    clerk.agent_is(AgentId{1}, AgentState::OnCall, Instant{90s});
    clerk.agent_is(AgentId{1}, AgentState::WrapUp, Instant{150s});
    clerk.agent_is(AgentId{2}, AgentState::Ready, Instant{0s});
    clerk.agent_is(AgentId{2}, AgentState::OnCall, Instant{120s});
    Figures figures;
    clerk.close(Instant{160s}, figures);
    EXPECT_EQ(figures.talk, Duration{10s});
    EXPECT_EQ(figures.wrap, Duration{0s});
    EXPECT_EQ(figures.staffed, Duration{200s});
    EXPECT_EQ(figures.waits, 1);
}

}  // namespace
}  // namespace bellwether::simulator
