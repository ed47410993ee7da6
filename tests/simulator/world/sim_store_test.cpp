#include "simulator/world/sim_store.h"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "dialer/engine/codec.h"

// The simulated store keeps the promises of dialer/store/store.h that the engine relies on.

namespace bellwether::simulator {
namespace {

using namespace std::chrono_literals;

constexpr Now kStart{Instant{1h}, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}}};
constexpr CampaignId kCampaign{1};

/// Keeps what the engine was told. The engine itself stays idle: nothing it does goes to the store.
class Told : public Outside {
public:
    void carry_out(const Step& step) override { events.push_back(encode(step.event).text); }
    std::vector<std::string> events;
};

class SimStoreTest : public testing::Test {
protected:
    SimStoreTest() {
        store.add_campaign(kCampaign, ClientId{1});
        for (std::uint64_t id = 1; id <= 3; ++id) {
            store.add_contact(kCampaign, ContactId{id}, NumberId{id});
        }
        start();
    }

    void start() {
        epoch = store.begin_epoch();
        driver.start(engine::Engine{});
        driver.deliver(engine::EngineStarted{epoch, 10, 10});
        told.events.clear();
    }

    void crash() {
        driver.kill();
        store.crash();
        start();
    }

    void submit(const std::vector<engine::Action>& actions) {
        store.submit(actions, driver.now().utc);
    }

    void run(Duration length) { driver.run_until(driver.now().elapsed + length); }

    engine::StoreAttempt attempt(std::uint64_t id, std::uint64_t contact) const {
        return {.attempt = AttemptId{id},
                .call = CallId{id},
                .campaign = kCampaign,
                .client = ClientId{1},
                .contact = ContactId{contact},
                .number = NumberId{contact},
                .epoch = epoch,
                .attempts_made = 1};
    }

    /// Claims contact 1 and stores an attempt at it, durably, without the engine's hearing of it.
    void attempt_is_durable() {
        store.submit(std::vector<engine::Action>{attempt(7, 1)}, driver.now().utc);
    }

    Told told;
    VirtualDriver driver{kStart, told};
    Complaints complaints;
    SimStore store{driver, complaints, 1};
    Epoch epoch{};
};

TEST_F(SimStoreTest, SaysNothingBeforeTheCommit) {
    store.add_do_not_call(NumberId{2}, ClientId{});
    EXPECT_TRUE(told.events.empty());
    run(10ms);
    ASSERT_EQ(told.events.size(), 1U);
    EXPECT_EQ(told.events[0],
              R"({"is":"SUPPRESSION_ADDED","number":"2","client":"0","caller":"0"})");
}

TEST_F(SimStoreTest, WaitsWhileItStalls) {
    store.stall(5s);
    store.add_do_not_call(NumberId{2}, ClientId{});
    run(4'900ms);
    EXPECT_TRUE(told.events.empty());
    run(200ms);
    EXPECT_EQ(told.events.size(), 1U);
}

TEST_F(SimStoreTest, SpeaksInTheOrderOfCommits) {
    for (std::uint64_t number = 1; number <= 5; ++number) {
        store.add_do_not_call(NumberId{number}, ClientId{1});
        run(100us);
    }
    run(10ms);
    ASSERT_EQ(told.events.size(), 5U);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_NE(told.events[i].find("\"number\":\"" + std::to_string(i + 1)), std::string::npos);
    }
}

TEST_F(SimStoreTest, ComplainsOfAnAttemptWithoutAClaim) {
    attempt_is_durable();
    run(10ms);
    ASSERT_TRUE(complaints.first().has_value());
    EXPECT_EQ(complaints.first()->promise, "claims");
}

TEST_F(SimStoreTest, ComplainsOfAnOutcomeOfNoAttempt) {
    submit({engine::StoreOutcome{.attempt = AttemptId{9}, .campaign = kCampaign}});
    run(10ms);
    ASSERT_TRUE(complaints.first().has_value());
    EXPECT_EQ(complaints.first()->promise, "R3");
}

TEST_F(SimStoreTest, ComplainsOfAnAnswerTakenBackThatIsNotThere) {
    using campaigns::form::ChangeKind;
    const engine::StoreAnswers given{.interview = InterviewId{3}, .changes = {{.key = "q1"}}};
    const engine::StoreAnswers cleared{.interview = InterviewId{3},
                                       .changes = {{.kind = ChangeKind::Clear, .key = "q1"}}};
    submit({given, cleared});
    run(10ms);
    EXPECT_FALSE(complaints.first().has_value());
    submit({cleared});
    run(10ms);
    ASSERT_TRUE(complaints.first().has_value());
    EXPECT_EQ(complaints.first()->promise, "R3");
}

TEST_F(SimStoreTest, LosesWhatWaitedWhenTheProcessIsKilled) {
    store.stall(5s);
    store.add_do_not_call(NumberId{1}, ClientId{});  // under way
    store.add_do_not_call(NumberId{2}, ClientId{});  // waits
    crash();
    run(1min);
    EXPECT_TRUE(told.events.empty());
    EXPECT_TRUE(store.idle());
}

TEST_F(SimStoreTest, CountsItsStarts) {
    EXPECT_EQ(epoch, Epoch{1});
    crash();
    EXPECT_EQ(epoch, Epoch{2});
}

TEST_F(SimStoreTest, TellsTheEngineThatItFailedAndThenNothing) {
    store.add_do_not_call(NumberId{1}, ClientId{});
    store.fail();
    store.add_do_not_call(NumberId{2}, ClientId{});
    run(1min);
    ASSERT_EQ(told.events.size(), 1U);
    EXPECT_EQ(told.events[0], R"({"is":"STORE_FAILED"})");
}

}  // namespace
}  // namespace bellwether::simulator
