#include "dialer/store/call_quality.h"

#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using namespace std::chrono_literals;

TEST(CallQuality, IsKeptOfAttemptsAndOfCallsThatCameIn) {
    TestStore test;
    test.import_numbers({fiction(1)});
    const auto offer = test.claim(1).offers.at(0);
    const auto attempt = test.attempt_of(offer);
    test.write({attempt});
    AgentRecord ann;
    ann.client = test.client;
    ann.name = ann.sip_user = "ann";
    ann.ha1_md5 = "x";
    const AgentId agent = must(test.store->add_agent(ann));
    test.write({engine::StoreMilestone{attempt.attempt, engine::Milestone::Connected, at(1), agent},
                engine::StoreQuality{attempt.call,
                                     attempt.attempt,
                                     {.trunk = "carrier",
                                      .mos_heard = 4.375,
                                      .mos_sent = std::nullopt,
                                      .lost = 0.0125,
                                      .jitter = 1500us},
                                     at(60)},
                test.outcome_of(attempt, campaigns::Outcome::Connected)});
    test.write({engine::StoreInbound{.call = CallId{900},
                                     .epoch = test.store->epoch(),
                                     .campaign = test.campaign,
                                     .client = test.client,
                                     .at = at(70)},
                engine::StoreQuality{CallId{900}, {}, {.mos_sent = 3.25}, at(80)}});

    const auto all = must(quality_in(*test.store, {at(0), at(100)}));
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].attempt, attempt.attempt);
    EXPECT_EQ(all[0].campaign, test.campaign);
    EXPECT_EQ(all[0].agent, agent);
    EXPECT_EQ(all[0].quality.trunk, "carrier");
    EXPECT_EQ(all[0].quality.mos_heard, 4.375);
    EXPECT_EQ(all[0].quality.mos_sent, std::nullopt);
    EXPECT_EQ(all[0].quality.lost, 0.0125);
    EXPECT_EQ(all[0].quality.jitter, 1500us);
    EXPECT_EQ(all[1].attempt, AttemptId{});
    EXPECT_EQ(all[1].campaign, test.campaign);
    EXPECT_EQ(all[1].agent, AgentId{});
    EXPECT_EQ(all[1].quality.mos_sent, 3.25);
    EXPECT_EQ(must(quality_in(*test.store, {at(0), at(60)})).size(), 0U) << "`to` is not within";

    const auto his = must(quality_of(*test.store, offer.contact));
    ASSERT_EQ(his.size(), 1U);
    EXPECT_EQ(his.at(attempt.attempt).mos_heard, 4.375);
}

}  // namespace
}  // namespace bellwether::store::test
