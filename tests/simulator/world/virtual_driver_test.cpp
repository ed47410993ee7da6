#include "simulator/world/virtual_driver.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

constexpr Now kStart{Instant{1h}, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}}};

/// Writes down when which event came.
class Diary : public Outside {
public:
    void carry_out(const Step& step) override {
        entries.push_back({step.seq, step.now, step.event.index()});
        if (during) during();
    }

    struct Entry {
        std::uint64_t seq;
        Now now;
        std::size_t event;  ///< index into engine::Event
    };
    std::vector<Entry> entries;
    std::function<void()> during;
};

template <class E>
constexpr std::size_t index_of() {
    return engine::Event{E{}}.index();
}

class VirtualDriverTest : public testing::Test {
protected:
    VirtualDriverTest() {
        driver.start(engine::Engine{});
        driver.deliver(engine::EngineStarted{Epoch{1}, 10, 10});
    }

    void sign_in() {
        campaigns::CampaignSpec spec;
        spec.id = CampaignId{1};
        driver.deliver(engine::CampaignApplied{.spec = spec});
        driver.deliver(engine::AgentSignedIn{.agent = AgentId{1}, .campaign = CampaignId{1}});
    }

    Diary diary;
    VirtualDriver driver{kStart, diary};
};

TEST_F(VirtualDriverTest, JumpsToTheNextHappening) {
    driver.after(90s, [this] { driver.deliver(engine::StoreFailed{}); });
    driver.run_until(kStart.elapsed + 1h);
    ASSERT_EQ(diary.entries.size(), 2U);
    EXPECT_EQ(diary.entries[1].seq, 2U);
    EXPECT_EQ(diary.entries[1].now, (Now{kStart.elapsed + 90s, kStart.utc + 90s}));
    EXPECT_EQ(driver.now().elapsed, kStart.elapsed + 1h);
}

TEST_F(VirtualDriverTest, WakesTheEngineAtItsDeadlineWithTimePassed) {
    sign_in();
    driver.run_until(kStart.elapsed + 1h);
    const auto& last = diary.entries.at(diary.entries.size() - 2);
    EXPECT_EQ(last.event, index_of<engine::TimePassed>());
    EXPECT_EQ(last.now.elapsed, kStart.elapsed + 25s) << "the limit for an agent's phone to ring";
}

TEST_F(VirtualDriverTest, LetsHappeningsComeBeforeADeadlineOfTheSameTime) {
    sign_in();
    driver.after(25s, [this] { driver.deliver(engine::ClockStepped{}); });
    driver.run_until(kStart.elapsed + 25s);
    ASSERT_GE(diary.entries.size(), 2U);
    EXPECT_EQ(diary.entries[diary.entries.size() - 2].event, index_of<engine::ClockStepped>());
    EXPECT_EQ(diary.entries.back().event, index_of<engine::TimePassed>());
}

TEST_F(VirtualDriverTest, SetsTheWallClockAndNotTheOther) {
    driver.after(10s, [this] { driver.step_clock(-1h); });
    driver.after(20s, [this] { driver.deliver(engine::StoreFailed{}); });
    driver.run_until(kStart.elapsed + 1min);
    ASSERT_EQ(diary.entries.size(), 3U);
    EXPECT_EQ(diary.entries[1].event, index_of<engine::ClockStepped>());
    EXPECT_EQ(diary.entries[2].now, (Now{kStart.elapsed + 20s, kStart.utc + 20s - 1h}));
}

TEST_F(VirtualDriverTest, TellsNobodyWhileNoEngineRuns) {
    driver.after(1s, [this] { driver.kill(); });
    driver.after(2s, [this] { driver.deliver(engine::StoreFailed{}); });
    driver.after_for_good(3s, [this] { driver.deliver(engine::StoreFailed{}); });
    driver.after_for_good(4s, [this] {
        driver.start(engine::Engine{});
        driver.deliver(engine::EngineStarted{Epoch{2}, 10, 10});
    });
    driver.run_until(kStart.elapsed + 1min);
    ASSERT_EQ(diary.entries.size(), 2U);
    EXPECT_EQ(diary.entries[1].now.elapsed, kStart.elapsed + 4s);
    EXPECT_EQ(driver.engine().state().epoch, Epoch{2});
}

TEST_F(VirtualDriverTest, StopsWhenItIsHalted) {
    driver.after(1s, [this] { driver.halt(); });
    driver.after(2s, [this] { driver.deliver(engine::StoreFailed{}); });
    driver.run_until(kStart.elapsed + 1min);
    EXPECT_EQ(diary.entries.size(), 1U);
    EXPECT_EQ(driver.now().elapsed, kStart.elapsed + 1s);
}

TEST(VirtualDriverDeathTest, RefusesAnEventFromWithinAnother) {
    Diary diary;
    VirtualDriver driver{kStart, diary};
    driver.start(engine::Engine{});
    diary.during = [&] { driver.deliver(engine::StoreFailed{}); };
    EXPECT_DEATH(driver.deliver(engine::EngineStarted{Epoch{1}, 10, 10}), "");
}

}  // namespace
}  // namespace bellwether::simulator
