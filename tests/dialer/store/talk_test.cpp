#include "dialer/store/talk.h"

#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

constexpr const char* kOfAcme = "+12025550150";
constexpr const char* kOfBolt = "+12025550160";

/// Two organisations that both have called fiction(1): Acme first, Bolt since.
class Called : public testing::Test {
protected:
    Called() {
        test.import_numbers({fiction(1), fiction(2)});
        first = call(test.campaign, test.client, kOfAcme);
        bolt = must(test.store->add_client("Bolt"));
        const auto list = must(test.store->add_list(bolt, "autumn"));
        auto request = test.request(test.folder.write("autumn.csv", "phone\n" + fiction(1) + "\n"));
        request.list = list;
        must(import_list(*test.store, number_rules(), request));
        bolts = must(test.store->save_campaign(
            {CampaignId{}, bolt, list, "autumn", "mode = \"progressive\"\n", {}}, at(0)));
        since = call(bolts, bolt, kOfBolt);
    }

    engine::StoreAttempt call(CampaignId campaign, ClientId client, const char* caller_id) {
        auto attempt = test.attempt_of(test.claim(campaign, 1).offers.at(0));
        attempt.campaign = campaign;
        attempt.client = client;
        attempt.caller_id = caller_id;
        test.write({attempt});
        test.write(
            {engine::StoreMilestone{attempt.attempt, engine::Milestone::Invited, at(0), {}}});
        auto end = test.outcome_of(attempt, campaigns::Outcome::NoAnswer);
        end.campaign = campaign;
        test.write({end});
        return attempt;
    }

    std::optional<CallerMatch> match(const std::string& called, ClientId owner, int person = 1) {
        return must(match_caller(*test.store, phone(fiction(person)), called, owner));
    }

    TestStore test;
    ClientId bolt{};
    CampaignId bolts{};
    engine::StoreAttempt first;
    engine::StoreAttempt since;
};

TEST_F(Called, HeIsKnownToTheOrganisationWhoseNumberHeCalls) {
    const auto to_acme = match(kOfAcme, test.client);
    ASSERT_TRUE(to_acme.has_value());
    EXPECT_EQ(to_acme->attempt, first.attempt) << "though Bolt called him since";
    EXPECT_EQ(to_acme->campaign, test.campaign);
    EXPECT_EQ(to_acme->contact, first.contact);
    const auto to_bolt = match(kOfBolt, bolt);
    ASSERT_TRUE(to_bolt.has_value());
    EXPECT_EQ(to_bolt->attempt, since.attempt);
    EXPECT_EQ(to_bolt->contact, since.contact);
}

TEST_F(Called, ANumberThatTheOrganisationShowsNoMoreIsStillItsOwn) {
    EXPECT_EQ(match("+12025550151", test.client)->attempt, first.attempt);
    EXPECT_EQ(match("+12025550199", ClientId{})->attempt, since.attempt) << "nobody's: the last";
}

TEST_F(Called, AnOrganisationThatNeverCalledHimKnowsTheNumberAlone) {
    const auto other = must(test.store->add_client("Cato"));
    const auto found = match(kOfAcme, other);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->number, first.number) << "so that it is not dialed while he is on the line";
    EXPECT_EQ(found->attempt, AttemptId{});
    EXPECT_EQ(found->contact, ContactId{});
    EXPECT_EQ(found->campaign, CampaignId{});
    EXPECT_FALSE(found->suppressed);
    EXPECT_EQ(match(kOfAcme, test.client, 2), std::nullopt) << "nobody has called this one";
}

TEST_F(Called, DoNotCallOfAnotherOrganisationIsNotHis) {
    must(test.store->add_do_not_call({.number = phone(fiction(1)),
                                      .client = bolt,
                                      .source = DoNotCallSource::Command,
                                      .actor = "ann",
                                      .reason = "",
                                      .at = at(1),
                                      .removed = {}}));
    EXPECT_FALSE(match(kOfAcme, test.client)->suppressed);
    EXPECT_TRUE(match(kOfBolt, bolt)->suppressed);
}

}  // namespace
}  // namespace bellwether::store::test
