#include <gtest/gtest.h>

#include "dialer/store/import_undo.h"
#include "dialer/store/talk.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

DoNotCallEntry entry(int n, ClientId client = {}) {
    return {phone(fiction(n)), client, DoNotCallSource::Command, "ann", "letter", at(5), {}};
}

TEST(DoNotCall, TellsTheEngineBeforeItAnswersTheCommand) {
    TestStore test;
    test.import_numbers({fiction(1)});
    EXPECT_TRUE(must(test.store->add_do_not_call(entry(1, test.client))));
    const auto added = test.events.all<engine::SuppressionAdded>();
    ASSERT_EQ(added.size(), 1U);
    EXPECT_EQ(must(test.store->number(added[0].number)), phone(fiction(1)));
    EXPECT_EQ(added[0].client, test.client);
    EXPECT_FALSE(must(test.store->add_do_not_call(entry(1, test.client))));
    EXPECT_EQ(test.events.all<engine::SuppressionAdded>().size(), 2U) << "asked twice, told twice";
}

TEST(DoNotCall, StandsForOneClientOrForAll) {
    TestStore test;
    const ClientId other = must(test.store->add_client("Other"));
    must(test.store->add_do_not_call(entry(1, test.client)));
    must(test.store->add_do_not_call(entry(2)));
    const auto found = must(test.store->check_do_not_call(phone(fiction(1)), test.client));
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->source, DoNotCallSource::Command);
    EXPECT_EQ(found->actor, "ann");
    EXPECT_EQ(found->reason, "letter");
    EXPECT_EQ(found->at, at(5));
    EXPECT_FALSE(must(test.store->check_do_not_call(phone(fiction(1)), other)).has_value());
    EXPECT_TRUE(must(test.store->check_do_not_call(phone(fiction(2)), other)).has_value());
}

TEST(DoNotCall, IsRemovedPerScopeAndCanBeAddedAgain) {
    TestStore test;
    must(test.store->add_do_not_call(entry(1)));
    EXPECT_EQ(
        test.store->remove_do_not_call(phone(fiction(1)), test.client, "bob", at(6)).error().code,
        Errc::NotFound);
    must(test.store->remove_do_not_call(phone(fiction(1)), ClientId{}, "bob", at(6)));
    EXPECT_FALSE(must(test.store->check_do_not_call(phone(fiction(1)), test.client)).has_value());
    EXPECT_TRUE(must(test.store->add_do_not_call(entry(1))));
}

TEST(DoNotCall, ImportsAndExportsWholeLists) {
    TestStore test;
    test.import_numbers({fiction(3)});
    EXPECT_EQ(must(test.store->import_do_not_call({entry(3), entry(1), entry(3), entry(2)})), 3);
    EXPECT_EQ(test.events.all<engine::SuppressionAdded>().size(), 2U)
        << "only numbers of contacts concern the engine";
    std::vector<PhoneNumber> numbers;
    must(test.store->export_do_not_call(
        [&](const DoNotCallEntry& found) { numbers.push_back(found.number); }));
    EXPECT_EQ(numbers, (std::vector{phone(fiction(1)), phone(fiction(2)), phone(fiction(3))}));
}

TEST(DoNotCall, WhoAsksDuringACallIsStoredOnce) {
    TestStore test;
    test.import_numbers({fiction(1)});
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    test.write({attempt});
    const engine::StoreSuppression asked{attempt.number, test.client, attempt.attempt, at(9)};
    test.write({asked, asked});
    EXPECT_EQ(test.events.all<engine::SuppressionAdded>().size(), 2U);
    int entries = 0;
    must(test.store->export_do_not_call([&](const DoNotCallEntry& found) {
        ++entries;
        EXPECT_EQ(found.source, DoNotCallSource::Call);
        EXPECT_EQ(found.client, test.client);
    }));
    EXPECT_EQ(entries, 1);
}

/// Somebody calls from a number, or hides it, and has asked for no more calls.
void calls_and_opts_out(TestStore& test, CallId call, const std::string& caller) {
    test.write({engine::StoreInbound{.call = call,
                                     .epoch = test.store->epoch(),
                                     .campaign = test.campaign,
                                     .client = test.client,
                                     .called = "+12025550100",
                                     .caller = caller,
                                     .at = at(1)}});
    test.write({engine::StoreSuppression{
        .client = test.client, .attempt = {}, .at = at(2), .caller = call}});
}

TEST(DoNotCall, WhoCallsUsAndWasNeverCalledIsStoredByHisNumber) {
    TestStore test;
    calls_and_opts_out(test, CallId{7}, fiction(1));
    const auto told = test.events.all<engine::SuppressionAdded>();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].caller, CallId{7}) << "the call that waits for it";
    EXPECT_NE(told[0].number, NumberId{});
    const auto entry = must(test.store->check_do_not_call(phone(fiction(1)), test.client));
    ASSERT_TRUE(entry.has_value());
    EXPECT_EQ(entry->source, DoNotCallSource::Call);

    // He is not called by a list that comes later, and he has one number with the list that he
    // stands in.
    EXPECT_EQ(test.import_numbers({fiction(1), fiction(2)}).suppressed, 1);
    calls_and_opts_out(test, CallId{8}, fiction(2));
    const auto known = must(test.store->find_contacts(phone(fiction(2))));
    ASSERT_EQ(known.size(), 1U);
    EXPECT_EQ(known[0].number_id, test.events.all<engine::SuppressionAdded>().at(1).number);
}

// An import taken back removes what it brought, but not the number of somebody who has called us.
TEST(DoNotCall, TheNumberOfACallerOutlivesTheListItCameWith) {
    TestStore test;
    const auto import = test.import_numbers({fiction(1)}).id;
    calls_and_opts_out(test, CallId{7}, fiction(1));
    EXPECT_EQ(must(undo_import(*test.store, {.import = import})).taken_out, 1);
    const auto calls = must(inbound_calls(*test.store, at(0), at(9)));
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_EQ(must(test.store->number(calls[0].number)), phone(fiction(1)));
}

TEST(DoNotCall, WhoTellsAnAgentIsOnRecordWithHim) {
    TestStore test;
    test.import_numbers({fiction(1)});
    const auto agent =
        must(test.store->add_agent({.client = test.client, .name = "ann", .sip_user = "ann"}));
    const auto attempt = test.attempt_of(test.claim(1).offers.at(0));
    test.write({attempt});
    test.write({engine::StoreSuppression{.number = attempt.number,
                                         .client = test.client,
                                         .attempt = attempt.attempt,
                                         .at = at(9),
                                         .agent = agent}});
    const auto entry = must(test.store->check_do_not_call(phone(fiction(1)), test.client));
    ASSERT_TRUE(entry.has_value());
    EXPECT_EQ(entry->source, DoNotCallSource::Call);
    EXPECT_EQ(entry->actor, "ann");
}

}  // namespace
}  // namespace bellwether::store::test
