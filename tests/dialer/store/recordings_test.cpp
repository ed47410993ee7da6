#include "dialer/store/recordings.h"

#include <gtest/gtest.h>

#include "dialer/store/ledger.h"
#include "dialer/store/sqlite.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using std::chrono::milliseconds;

class RecordingsTest : public testing::Test {
protected:
    RecordingsTest() { test.import_numbers({fiction(1), fiction(2)}); }

    /// Answered at 10 s, over at 60 s.
    engine::StoreAttempt call() {
        const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
        test.write({attempt});
        for (const auto milestone : {engine::Milestone::Invited, engine::Milestone::Answered})
            test.write({engine::StoreMilestone{attempt.attempt, milestone, at(10), {}}});
        auto end = test.outcome_of(attempt, campaigns::Outcome::NoticePlayed);
        end.at = at(60);
        test.write({end});
        return attempt;
    }

    void keep(RecordedCall of, const std::string& file, std::optional<milliseconds> length) {
        must(keep_recording(*test.store, {.file = file,
                                          .of = of,
                                          .length = length,
                                          .sha256 = std::string(64, 'a'),
                                          .at = at(62)}));
    }

    RecordedTime recorded() {
        const auto rows = must(ledger_calls_in(*test.store, test.campaign, {at(0), at(99)}));
        return rows.at(0).recorded;
    }

    TestStore test;
};

TEST_F(RecordingsTest, CountWithTheirCallAndEachIsRoundedUp) {
    const auto first = call();
    const auto second = call();
    EXPECT_EQ(recorded().recordings, 0);
    keep({.attempt = first.attempt}, "1.wav", milliseconds{48'001});
    keep({.attempt = second.attempt}, "2.wav", milliseconds{1'000});
    EXPECT_EQ(recorded().recordings, 2);
    EXPECT_EQ(recorded().length_ms, 49'001);
    EXPECT_EQ(recorded().length_s, 50);
    EXPECT_EQ(recorded().unmeasured, 0);
    EXPECT_EQ(must(recording_lengths_of(*test.store, first.contact)).at(first.attempt),
              milliseconds{48'001});
}

TEST_F(RecordingsTest, ALengthThatNobodyKnowsIsSaidToBeUnknown) {
    const auto mended = call();
    keep({.attempt = mended.attempt}, "1.flac", std::nullopt);
    EXPECT_EQ(recorded().recordings, 1);
    EXPECT_EQ(recorded().unmeasured, 1);
    EXPECT_TRUE(must(recording_lengths_of(*test.store, mended.contact)).empty());
}

TEST_F(RecordingsTest, OfCallsOlderThanTheTableNobodyKnows) {
    call();
    test.close();
    {
        Database file{test.folder / "store.db", Database::Mode::ReadWrite};
        file.execute("UPDATE recordings_since SET epoch = 2");
    }
    test.open();
    EXPECT_EQ(recorded().unmeasured, 1);
    EXPECT_EQ(recorded().recordings, 0);
}

TEST_F(RecordingsTest, OneOfNoCallOfOursAndASecondOfACallAreLeftOut) {
    const auto attempt = call();
    keep({.attempt = AttemptId{999}}, "999.wav", milliseconds{5});
    keep({.epoch = Epoch{1}, .call = CallId{77}}, "in-1-77.wav", milliseconds{5});
    keep({.attempt = attempt.attempt}, "1.wav", milliseconds{7});
    keep({.attempt = attempt.attempt}, "1.flac", milliseconds{9});
    EXPECT_EQ(recorded().recordings, 1);
    EXPECT_EQ(recorded().length_ms, 7);
}

TEST_F(RecordingsTest, CallsThatCameInAreTheCampaignsThatTheyCalled) {
    engine::StoreInbound inbound;
    inbound.call = CallId{7};
    inbound.epoch = test.store->epoch();
    inbound.campaign = test.campaign;
    inbound.client = test.client;
    inbound.called = "+12025550100";
    inbound.at = at(10);
    test.write({inbound});
    const auto step = [&](engine::InboundStep what, int second) {
        engine::StoreInboundStep one;
        one.call = inbound.call;
        one.epoch = inbound.epoch;
        one.step = what;
        one.at = at(second);
        test.write({one});
    };
    step(engine::InboundStep::Answered, 12);
    step(engine::InboundStep::Ended, 30);
    keep({.epoch = inbound.epoch, .call = inbound.call}, "in-1-7.wav", milliseconds{17'500});
    const auto sums = must(ledger_incoming_in(*test.store, test.campaign, {at(0), at(99)}));
    EXPECT_EQ(sums.calls, 1);
    EXPECT_EQ(sums.answered, 1);
    EXPECT_EQ(sums.connected_ms, 18'000);
    EXPECT_EQ(sums.recorded.recordings, 1);
    EXPECT_EQ(sums.recorded.length_ms, 17'500);
    EXPECT_EQ(sums.recorded.length_s, 18);
    EXPECT_EQ(must(ledger_incoming_in(*test.store, test.campaign, {at(31), at(99)})).calls, 0);
}

}  // namespace
}  // namespace bellwether::store::test
