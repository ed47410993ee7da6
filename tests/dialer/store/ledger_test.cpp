#include "dialer/store/ledger.h"

#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

/// A call on the trunk that ends 60 s after the test's beginning, so long after its answer.
void call(TestStore& test, const std::string& trunk, std::optional<std::int64_t> lasted_ms) {
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    test.write({attempt});
    test.write({engine::StoreMilestone{attempt.attempt, engine::Milestone::Invited, at(0), {}}});
    if (lasted_ms) {
        test.write({engine::StoreMilestone{attempt.attempt,
                                           engine::Milestone::Answered,
                                           at(60) - std::chrono::milliseconds{*lasted_ms},
                                           {}}});
    }
    auto end = test.outcome_of(
        attempt, lasted_ms ? campaigns::Outcome::NoticePlayed : campaigns::Outcome::NoAnswer);
    end.trunk = trunk;
    end.at = at(60);
    test.write({end});
}

TEST(LedgerCalls, EachCallIsRoundedUpByItself) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2), fiction(3), fiction(4), fiction(5)});
    call(test, "north", 1'001);
    call(test, "north", 2'000);
    call(test, "north", {});
    call(test, "south", 1);
    call(test, "south", -500);  // the clock was set back in the call
    const auto rows = ledger_calls_in(*test.store, test.campaign, {at(60), at(61)});
    ASSERT_TRUE(rows.has_value());
    ASSERT_EQ(rows->size(), 2U);
    EXPECT_EQ(rows->at(0).trunk, "north");
    EXPECT_EQ(rows->at(0).attempts, 3);
    EXPECT_EQ(rows->at(0).dialed, 3);
    EXPECT_EQ(rows->at(0).answered, 2);
    EXPECT_EQ(rows->at(0).connected_ms, 3'001);
    EXPECT_EQ(rows->at(0).connected_s, 4);
    EXPECT_EQ(rows->at(1).connected_ms, 1);
    EXPECT_EQ(rows->at(1).connected_s, 1);
    EXPECT_TRUE(must(ledger_calls_in(*test.store, test.campaign, {at(0), at(60)})).empty());
}

}  // namespace
}  // namespace bellwether::store::test
