#include <gtest/gtest.h>

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

}  // namespace
}  // namespace bellwether::store::test
