#include <gtest/gtest.h>

#include <algorithm>

#include "dialer/store/sqlite.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

std::vector<std::string> fictions(int from, int to) {
    std::vector<std::string> numbers;
    for (int i = from; i < to; ++i) numbers.push_back(fiction(i));
    return numbers;
}

TEST(Claims, OffersContactsInTheOrderOfTheFileEachOnce) {
    TestStore test;
    test.import_numbers(fictions(0, 5));
    const auto first = test.claim(3);
    const auto second = test.claim(3);
    ASSERT_EQ(first.offers.size(), 3U);
    ASSERT_EQ(second.offers.size(), 2U);
    EXPECT_EQ(first.next_due, std::nullopt);
    EXPECT_EQ(second.next_due, std::nullopt);
    for (std::size_t i = 0; i < 5; ++i) {
        const auto& offer = i < 3 ? first.offers[i] : second.offers[i - 3];
        EXPECT_EQ(must(test.store->number(offer.number)).e164(), fiction(static_cast<int>(i)));
        EXPECT_EQ(offer.attempts_made, 0);
        EXPECT_FALSE(offer.suppressed);
        EXPECT_TRUE(offer.destination_allowed);
    }
}

TEST(Claims, TwoCampaignsOnOneListHaveTheirOwnStandings) {
    TestStore test;
    const CampaignId other = test.add_campaign("notice");
    test.import_numbers(fictions(0, 2));
    EXPECT_EQ(test.claim(2).offers.size(), 2U);
    EXPECT_EQ(test.claim(other, 2).offers.size(), 2U);
    EXPECT_EQ(test.claim(2).offers.size(), 0U);
}

TEST(Claims, OffersContactsOfALaterImportToo) {
    TestStore test;
    test.import_numbers(fictions(0, 2));
    EXPECT_EQ(test.claim(5).offers.size(), 2U);
    test.events.clear();
    test.import_numbers(fictions(2, 4));
    const auto added = test.events.all<engine::ContactsAdded>();
    ASSERT_EQ(added.size(), 1U);
    EXPECT_EQ(added[0].campaign, test.campaign);
    EXPECT_EQ(test.claim(5).offers.size(), 2U);
}

TEST(Claims, DeniesSuppressedNumbersOnTheWayAndCountsThem) {
    TestStore test;
    test.import_numbers(fictions(0, 4));
    must(test.store->add_do_not_call(
        {phone(fiction(1)), ClientId{}, DoNotCallSource::Command, "ann", "", at(0), {}}));
    must(test.store->add_do_not_call(
        {phone(fiction(2)), test.client, DoNotCallSource::Command, "ann", "", at(0), {}}));
    const ClientId stranger = must(test.store->add_client("Other"));
    must(test.store->add_do_not_call(
        {phone(fiction(3)), stranger, DoNotCallSource::Command, "ann", "", at(0), {}}));

    const auto offered = test.claim(4);
    ASSERT_EQ(offered.offers.size(), 2U);
    EXPECT_EQ(must(test.store->number(offered.offers[1].number)).e164(), fiction(3));
    const auto figures = must(test.store->figures(test.campaign));
    EXPECT_EQ(figures.denied, 2);
    EXPECT_EQ(figures.claimed, 2);
    const auto denied = must(test.store->find_contacts(phone(fiction(1))));
    EXPECT_EQ(must(test.store->standing(denied.at(0).id)).at(0).rule, compliance::Rule::DoNotCall);
}

TEST(Claims, TellsWhichDestinationsNoTrunkMayDial) {
    TestStore test;
    test.import_numbers(fictions(0, 2));
    test.denied_destinations.insert(phone(fiction(1)).digits());
    const auto offered = test.claim(2);
    EXPECT_TRUE(offered.offers.at(0).destination_allowed);
    EXPECT_FALSE(offered.offers.at(1).destination_allowed);
}

TEST(Claims, OffersRetriesWhenTheyAreDueBeforeContactsNeverTried) {
    TestStore test;
    test.import_numbers(fictions(0, 4));
    const auto offers = test.claim(2).offers;
    for (const auto& offer : offers) {
        const auto attempt = test.attempt_of(offer);
        const bool first = offer.contact == offers[0].contact;
        test.write({attempt});
        test.write({test.outcome_of(attempt, campaigns::Outcome::Busy, at(first ? 200 : 100))});
    }
    const auto third = test.claim(1, at(99)).offers;
    EXPECT_EQ(must(test.store->number(third.at(0).number)).e164(), fiction(2));

    const auto due = test.claim(5, at(150));
    ASSERT_EQ(due.offers.size(), 2U);
    EXPECT_EQ(due.offers[0].contact, offers[1].contact);
    EXPECT_EQ(due.offers[0].attempts_made, 1);
    EXPECT_EQ(must(test.store->number(due.offers[1].number)).e164(), fiction(3));
    EXPECT_EQ(due.next_due, at(200));
    EXPECT_EQ(test.claim(5, at(200)).offers.at(0).contact, offers[0].contact);
}

TEST(Claims, GivesReleasedContactsBackAsTheDecisionSays) {
    TestStore test;
    test.import_numbers(fictions(0, 3));
    const auto offers = test.claim(3).offers;
    const auto release = [&](std::size_t i, compliance::Verdict verdict, compliance::Rule rule,
                             std::optional<UtcTime> due) {
        test.write(
            {engine::ReleaseContact{test.campaign, offers[i].contact, {verdict, rule, due}, due}});
    };
    release(0, compliance::Verdict::Allow, compliance::Rule::None, {});
    release(1, compliance::Verdict::Defer, compliance::Rule::CallingHours, at(500));
    release(2, compliance::Verdict::Deny, compliance::Rule::DestinationPrefix, {});

    const auto again = test.claim(3);
    ASSERT_EQ(again.offers.size(), 1U);
    EXPECT_EQ(again.offers[0].contact, offers[0].contact);
    EXPECT_EQ(again.next_due, at(500));
    const auto denied = must(test.store->standing(offers[2].contact)).at(0);
    EXPECT_EQ(denied.state, ContactState::Denied);
    EXPECT_EQ(denied.rule, compliance::Rule::DestinationPrefix);
    const auto figures = must(test.store->figures(test.campaign));
    EXPECT_EQ(figures.fresh, 1);
    EXPECT_EQ(figures.claimed, 1);
    EXPECT_EQ(figures.denied, 1);
}

TEST(Claims, SearchesNoFurtherThanItsLimitAndAsksToBeAskedAgain) {
    TestStore test;
    const int suppressed = 2'100;
    std::vector<DoNotCallEntry> entries;
    test.import_numbers(fictions(0, suppressed + 1));
    for (int i = 0; i < suppressed; ++i) {
        entries.push_back({phone(fiction(i)), {}, DoNotCallSource::Import, "ann", "", at(0), {}});
    }
    EXPECT_EQ(must(test.store->import_do_not_call(entries)), suppressed);
    auto offered = test.claim(1, at(7));
    int asked = 1;
    while (offered.offers.empty() && asked < 5) {
        EXPECT_EQ(offered.next_due, at(7));
        offered = test.claim(1, at(7));
        ++asked;
    }
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(must(test.store->number(offered.offers.at(0).number)).e164(), fiction(suppressed));
    EXPECT_EQ(must(test.store->figures(test.campaign)).denied, suppressed);
}

// Promise R1 as the file itself keeps it, whatever the program above does.
TEST(Claims, TheFileRefusesASecondLiveAttemptAtANumberOrContact) {
    TestStore test;
    test.import_numbers(fictions(0, 2));
    const auto offers = test.claim(2).offers;
    const auto attempt = test.attempt_of(offers[0]);
    test.write({attempt});
    test.close();

    Database file{test.folder / "store.db", Database::Mode::ReadWrite};
    Statement copy{
        file,
        "INSERT INTO attempts(id, call_id, campaign_id, client_id, contact_id, number_id, "
        "epoch, holder_epoch, attempts_made, at, pacing_start, pacing_wanted, pacing_limit, "
        "verdict, rule) SELECT id + 1, call_id, campaign_id, client_id, ?, ?, epoch, "
        "holder_epoch, attempts_made, at, pacing_start, pacing_wanted, pacing_limit, verdict, "
        "rule FROM attempts"};
    EXPECT_THROW(copy.run_with(offers[1].contact, offers[0].number), SqliteError);
    EXPECT_THROW(copy.run_with(offers[0].contact, offers[1].number), SqliteError);
    file.execute("UPDATE attempts SET ended_at = 0, outcome = 'BUSY'");
    file.execute("DELETE FROM answers");
    EXPECT_NO_THROW(file.execute("UPDATE attempts SET ended_at = NULL, outcome = NULL"));
}

TEST(Claims, CountWhoStandsBeforeAContactInTheOrderOfClaiming) {
    TestStore test;
    test.import_numbers(fictions(0, 3));
    test.import_numbers(fictions(3, 6));
    const auto ahead = [&](int n, UtcTime now) {
        const auto contact = must(test.store->find_contacts(phone(fiction(n)))).at(0).id;
        return must(test.store->contacts_ahead(test.campaign, contact, now));
    };
    EXPECT_EQ(ahead(0, at(0)), 0);
    EXPECT_EQ(ahead(5, at(0)), 5);

    const auto offers = test.claim(2).offers;
    ASSERT_EQ(offers.size(), 2U);
    EXPECT_EQ(ahead(0, at(0)), 0);  // claimed
    EXPECT_EQ(ahead(5, at(0)), 3);
    const auto attempt = test.attempt_of(offers[0]);
    test.write({attempt});
    test.write({test.outcome_of(attempt, campaigns::Outcome::Busy, at(600))});
    const auto other = test.attempt_of(offers[1]);
    test.write({other});
    test.write({test.outcome_of(other, campaigns::Outcome::Busy, at(300))});
    EXPECT_EQ(ahead(5, at(0)), 3);    // neither retry is due
    EXPECT_EQ(ahead(5, at(400)), 4);  // one is
    EXPECT_EQ(ahead(0, at(700)), 1);  // the other was due before it
    EXPECT_EQ(ahead(1, at(700)), 0);
    EXPECT_EQ(test.claim(2, at(700)).offers.at(0).number, offers[1].number);
}

}  // namespace
}  // namespace bellwether::store::test
