#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "dialer/engine/engine.h"
#include "tests/dialer/engine/story.h"

// dialer/engine/deadlines.cpp: when the engine wants to be woken, and for what.

namespace bellwether::engine {
namespace {

using namespace std::chrono_literals;
using story::handle;

constexpr Now kStart{Instant{50h}, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}}};

Engine engine_with_agents_ringing(int agents) {
    Engine engine;
    handle(engine, EngineStarted{Epoch{1}, 10, 10}, kStart);
    handle(engine, CampaignApplied{.spec = story::progressive()}, kStart);
    for (int i = 1; i <= agents; ++i) {
        const AgentId id{static_cast<std::uint64_t>(i)};
        handle(engine, AgentSignedIn{.agent = id, .campaign = CampaignId{1}}, kStart);
    }
    return engine;
}

TEST(Deadlines, AreNoneWhileNothingIsUnderWay) {
    EXPECT_FALSE(Engine{}.next_deadline().has_value());
}

TEST(Deadlines, CarryTheirReason) {
    const Engine engine = engine_with_agents_ringing(1);
    const auto deadline = engine.next_deadline();
    ASSERT_TRUE(deadline.has_value());
    EXPECT_EQ(deadline->at, kStart.elapsed + 25s);
    EXPECT_EQ(deadline->reason, WakeReason::RingLimit);
}

TEST(Deadlines, ThatFallTogetherAreAllServedByOneEvent) {
    Engine engine = engine_with_agents_ringing(3);
    engine.handle(TimePassed{}, {kStart.elapsed + 25s, kStart.utc + 25s});
    std::vector<CallId> ended;
    while (const auto action = engine.poll_action()) {
        if (const auto* end = std::get_if<HangUp>(&*action)) ended.push_back(end->call);
    }
    ASSERT_EQ(ended.size(), 3U);
    EXPECT_TRUE(std::ranges::is_sorted(ended)) << "equal times: in the order of ids";
    EXPECT_GT(engine.next_deadline()->at, kStart.elapsed + 25s);
}

TEST(Deadlines, SurviveASnapshot) {
    const Engine engine = engine_with_agents_ringing(3);
    const Engine copy{engine.state()};
    EXPECT_EQ(copy.next_deadline(), engine.next_deadline());
}

TEST(Deadlines, ThatComeEarlyChangeNothing) {
    Engine engine = engine_with_agents_ringing(1);
    engine.handle(TimePassed{}, {kStart.elapsed + 1s, kStart.utc + 1s});
    EXPECT_FALSE(engine.poll_action().has_value());
    EXPECT_EQ(engine.next_deadline()->at, kStart.elapsed + 25s);
}

}  // namespace
}  // namespace bellwether::engine
