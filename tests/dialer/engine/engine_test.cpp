#include "dialer/engine/engine.h"

#include <gtest/gtest.h>

#include <utility>

// The contract that both drivers rely on.

namespace bellwether::engine {
namespace {

constexpr Now kStart{Instant{Duration{5'000'000}}, UtcTime{std::chrono::milliseconds{1}}};

const EngineStarted kStarted{.epoch = Epoch{1}, .trunk_lines = 1, .trunk_calls_per_second = 1.0};

TEST(Engine, HasNothingToSayAtFirst) {
    Engine engine;
    EXPECT_FALSE(engine.poll_action().has_value());
    EXPECT_FALSE(engine.next_deadline().has_value());
}

TEST(Engine, CanBeMoved) {
    Engine engine;
    engine.handle(kStarted, kStart);
    const Engine moved = std::move(engine);
    EXPECT_EQ(moved.state().epoch, Epoch{1});
}

TEST(EngineDeathTest, EndsTheProcessWhenActionsWereLeftPending) {
    Engine engine;
    engine.handle(kStarted, kStart);
    engine.handle(CampaignOrdered{}, kStart);  // answered by a Reply
    EXPECT_DEATH(engine.handle(TimePassed{}, kStart), "");
}

TEST(EngineDeathTest, EndsTheProcessWhenTimeGoesBack) {
    Engine engine;
    engine.handle(kStarted, kStart);
    EXPECT_DEATH(engine.handle(TimePassed{}, {kStart.elapsed - Duration{1}, kStart.utc}), "");
}

TEST(EngineDeathTest, EndsTheProcessOnATrunkWithoutLines) {
    Engine engine;
    EXPECT_DEATH(engine.handle(EngineStarted{}, kStart), "");
}

}  // namespace
}  // namespace bellwether::engine
