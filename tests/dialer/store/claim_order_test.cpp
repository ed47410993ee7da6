#include <gtest/gtest.h>

#include "dialer/store/hand_leads.h"
#include "dialer/store/list_figures.h"
#include "dialer/store/sqlite.h"
#include "tests/dialer/store/test_evidence.h"
#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

using campaigns::Outcome;

std::string digits_of(const TestStore& test, NumberId number) {
    return must(test.store->number(number)).e164().substr(9);  // the last three
}

/// The numbers offered, by their last three digits.
std::string offered(TestStore& test, int count, UtcTime now = at(0)) {
    std::string text;
    for (const auto& offer : test.claim(count, now).offers)
        text += (text.empty() ? "" : " ") + digits_of(test, offer.number);
    return text;
}

void import_into(TestStore& test, ListId list, std::string_view csv) {
    auto request = test.request(test.folder.write("list.csv", csv));
    request.list = list;
    must(import_list(*test.store, number_rules(), request));
}

void save_numbers(TestStore& test, campaigns::NumberRule rule) {
    auto campaign = *must(test.store->find_campaign("survey"));
    campaign.numbers = std::move(rule);
    must(test.store->save_campaign(campaign, at(0)));
}

/// Claims one contact, dials it, ends so, due again at once if `again`.
std::string dial(TestStore& test, Outcome outcome, bool again, UtcTime now = at(0)) {
    const auto offers = test.claim(1, now).offers;
    if (offers.empty()) return "-";
    auto attempt = test.attempt_of(offers.at(0));
    attempt.at = now;
    test.write({attempt}, now);
    auto end = test.outcome_of(attempt, outcome, again ? std::optional{now} : std::nullopt);
    end.at = now;
    test.write({end}, now);
    return digits_of(test, offers[0].number);
}

TEST(ClaimOrder, TriesTheNumbersOfAContactInTurn) {
    TestStore test;
    test.import_text("phone,phone2,phone3\n2025550101,2025550102,2025550103\n");
    save_numbers(test, {.contact_attempts_max = 9});
    EXPECT_EQ(dial(test, Outcome::NoAnswer, true), "101");
    EXPECT_EQ(dial(test, Outcome::Busy, true), "102");
    EXPECT_EQ(dial(test, Outcome::HungUp, true), "103");
    EXPECT_EQ(dial(test, Outcome::NoAnswer, true), "103") << "somebody was there";
    EXPECT_EQ(dial(test, Outcome::NoAnswer, true), "101");
}

TEST(ClaimOrder, GoesByTheTypesOfTheRule) {
    TestStore test;
    test.import_text("phone,phone_type,phone2,phone2_type\n2025550101,home,2025550102,mobile\n");
    save_numbers(test, {.order = {"mobile"}});
    EXPECT_EQ(offered(test, 1), "102");
}

TEST(ClaimOrder, ANumberThatIsNoneDoesNotEndTheContact) {
    TestStore test;
    test.import_text("phone,phone2\n2025550101,2025550102\n");
    save_numbers(test, {.contact_attempts_max = 3});
    test.events.clear();
    EXPECT_EQ(dial(test, Outcome::InvalidNumber, false), "101");
    EXPECT_EQ(test.events.all<engine::ContactsAdded>().size(), 1U) << "the engine gave it up";
    EXPECT_EQ(dial(test, Outcome::InvalidNumber, false), "102");
    EXPECT_EQ(dial(test, Outcome::NoAnswer, false), "-");
    EXPECT_EQ(must(test.store->figures(test.campaign)).done, 1);
}

TEST(ClaimOrder, TheContactsCapHoldsOverAllItsNumbers) {
    TestStore test;
    test.import_text("phone,phone2\n2025550101,2025550102\n");
    save_numbers(test, {.contact_attempts_max = 1});
    EXPECT_EQ(dial(test, Outcome::InvalidNumber, false), "101");
    EXPECT_EQ(dial(test, Outcome::NoAnswer, false), "-");
}

TEST(ClaimOrder, CapsOfANumberDeferAndEnd) {
    TestStore test;
    test.import_numbers({fiction(1)});
    save_numbers(test, {.attempts_max = 3, .per_day_max = 2, .contact_attempts_max = 9});
    constexpr std::int64_t kDay = 86'400;
    EXPECT_NE(dial(test, Outcome::NoAnswer, true, at(0)), "-");
    EXPECT_NE(dial(test, Outcome::NoAnswer, true, at(60)), "-");
    const auto held = test.claim(1, at(120));
    EXPECT_TRUE(held.offers.empty());
    EXPECT_EQ(held.next_due, at(kDay)) << "when the first is a day old";
    EXPECT_NE(dial(test, Outcome::NoAnswer, true, at(kDay)), "-");
    EXPECT_EQ(dial(test, Outcome::NoAnswer, true, at(3 * kDay)), "-");
    EXPECT_EQ(must(test.store->figures(test.campaign)).denied, 1);
}

TEST(ClaimOrder, APromiseGoesBeforeTheCapsOfANumber) {
    TestStore test;
    test.import_numbers({fiction(1)});
    save_numbers(test, {.attempts_max = 1, .per_day_max = 1, .contact_attempts_max = 9});
    const auto attempt = test.attempt_of(test.claim(1, at(0)).offers.at(0));
    test.write({attempt});
    test.write({engine::StoreCallback{.callback = CallbackId{3},
                                      .campaign = test.campaign,
                                      .client = test.client,
                                      .contact = attempt.contact,
                                      .attempt = attempt.attempt,
                                      .due = at(60),
                                      .at = at(1)}});
    test.write({test.outcome_of(attempt, Outcome::Connected, at(60))});
    EXPECT_TRUE(test.claim(1, at(59)).offers.empty());
    const auto due = test.claim(1, at(60)).offers;
    ASSERT_EQ(due.size(), 1U);
    EXPECT_TRUE(due[0].promised.has_value());
}

TEST(ClaimOrder, DoNotCallOnOneNumberStandsForAll) {
    TestStore test;
    test.import_text("phone,phone2\n2025550101,2025550102\n");
    must(test.store->add_do_not_call(
        {phone("+12025550102"), test.client, DoNotCallSource::Command, "ann", "", at(0), {}}));
    EXPECT_EQ(offered(test, 1), "");
    EXPECT_EQ(must(test.store->figures(test.campaign)).denied, 1);
}

TEST(ClaimOrder, PrioritiesComeFirstAndInFileOrder) {
    TestStore test;
    test.import_text(
        "phone,priority\n2025550101,\n2025550102,5\n2025550103,9\n2025550104,5\n2025550105,0\n");
    EXPECT_EQ(offered(test, 9), "103 102 104 101 105");
    EXPECT_EQ(test.claim(1).next_due, std::nullopt);
}

TEST(ClaimOrder, ARetryKeepsItsPriority) {
    TestStore test;
    test.import_text("phone,priority\n2025550101,5\n2025550102,\n2025550103,\n");
    EXPECT_EQ(dial(test, Outcome::NoAnswer, true), "101");
    EXPECT_EQ(dial(test, Outcome::NoAnswer, true), "101");
    EXPECT_EQ(dial(test, Outcome::NoAnswer, false), "101");
    EXPECT_EQ(dial(test, Outcome::NoAnswer, true), "102");
    EXPECT_EQ(dial(test, Outcome::NoAnswer, false), "102") << "what is due before what is fresh";
}

TEST(ClaimOrder, DrawsOnSeveralListsByPriorityAndWeight) {
    TestStore test;
    auto campaign = *must(test.store->find_campaign("survey"));
    const auto big = must(test.store->add_list(test.client, "big"));
    const auto last = must(test.store->add_list(test.client, "last"));
    campaign.lists = {{test.list, 1, 1}, {big, 1, 2}, {last, 2, 1}};
    must(test.store->save_campaign(campaign, at(0)));
    import_into(test, last, "phone\n2025550190\n");
    import_into(test, big, "phone\n2025550120\n2025550121\n2025550122\n2025550123\n");
    import_into(test, test.list, "phone\n2025550101\n2025550102\n2025550103\n2025550104\n");
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 9);
    std::string one_by_one;
    for (int i = 0; i < 9; ++i) one_by_one += offered(test, 1) + " ";
    EXPECT_EQ(one_by_one, "120 101 121 122 102 123 103 104 190 ");
    const auto heard = test.events.all<engine::ContactsAdded>();
    EXPECT_EQ(heard.size(), 3U) << "imports of every list reach the campaign";
}

TEST(ClaimOrder, AListCannotBeTakenFromACampaignButBeSilenced) {
    TestStore test;
    auto campaign = *must(test.store->find_campaign("survey"));
    const auto other = must(test.store->add_list(test.client, "other"));
    campaign.list = other;
    campaign.lists = {{other, 1, 1}};
    EXPECT_EQ(test.store->save_campaign(campaign, at(0)).error().code, Errc::Conflict);
    campaign.lists.push_back({test.list, 1, 0});
    must(test.store->save_campaign(campaign, at(0)));
    test.import_numbers({fiction(1)});
    EXPECT_EQ(offered(test, 1), "");
}

ImportRow lead(const std::string& number, int priority) {
    ImportRow row{.first = {phone(number), ""}};
    row.priority = priority;
    row.extra = "{}";
    return row;
}

TEST(HandLeads, ReachTheCampaignAtOnceAndFirst) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2)});
    test.events.clear();
    const auto hot =
        must(add_lead(*test.store, test.list, lead("+12025550150", 7), DedupeScope::List, at(0)));
    EXPECT_EQ(hot.fate, HandLeadFate::Accepted);
    EXPECT_EQ(test.events.all<engine::ContactsAdded>().size(), 1U);
    must(add_lead(*test.store, test.list, lead("+12025550151", 0), DedupeScope::List, at(0)));
    EXPECT_EQ(must(test.store->contacts_ahead(test.campaign, hot.contact, at(0))), 0);
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 4);
    EXPECT_EQ(offered(test, 1), "150");
    EXPECT_EQ(offered(test, 1), "151") << "waits for nobody: a lead by hand is due";
    EXPECT_EQ(test.claim(9).offers.size(), 2U);
}

TEST(HandLeads, KnowDuplicatesAndDoNotCall) {
    TestStore test;
    test.import_text("phone,phone2\n2025550101,2025550102\n");
    const auto twice =
        must(add_lead(*test.store, test.list, lead("+12025550102", 0), DedupeScope::List, at(0)));
    EXPECT_EQ(twice.fate, HandLeadFate::Duplicate);
    EXPECT_EQ(twice.contact, must(test.store->find_contacts(phone("+12025550101"))).at(0).id);
    must(test.store->add_do_not_call(
        {phone("+12025550103"), {}, DoNotCallSource::Command, "ann", "", at(0), {}}));
    EXPECT_EQ(
        must(add_lead(*test.store, test.list, lead("+12025550103", 0), DedupeScope::List, at(0)))
            .fate,
        HandLeadFate::Suppressed);
    EXPECT_EQ(must(test.store->figures(test.campaign)).total, 1);
}

TEST(HandLeads, AreDialedByCampaignsMadeLater) {
    TestStore test;
    must(add_lead(*test.store, test.list, lead("+12025550150", 0), DedupeScope::List, at(0)));
    const auto later = test.add_campaign("later");
    EXPECT_EQ(test.claim(later, 5).offers.size(), 1U);
}

TEST(HandLeads, AmidAnImportBelongToThemselves) {
    TestStore test;
    std::string csv = "phone\n";
    for (int i = 0; i < 60'000; ++i) csv += "+1202" + std::to_string(2'000'000 + i) + "\n";
    const auto request = test.request(test.folder.write("big.csv", csv));
    bool added = false;
    must(import_list(*test.store, number_rules(), request, [&](const ImportReport&) {
        if (!added)
            must(add_lead(*test.store, test.list, lead("+16465550150", 0), DedupeScope::List,
                          at(0)));
        added = true;
        return true;
    }));
    const auto figures = must(test.store->figures(test.campaign));
    EXPECT_EQ(figures.total, 60'001);
    EXPECT_EQ(figures.fresh, 60'001);
}

TEST(ListFigures, AddUpAndTellWhoIsLeft) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2), fiction(3), fiction(4), fiction(5)});
    dial(test, Outcome::NoAnswer, false);
    dial(test, Outcome::Connected, false);
    test.claim(1);
    const auto figures = must(list_figures(*test.store, test.list));
    ASSERT_EQ(figures.size(), 1U);
    const auto& one = figures[0];
    EXPECT_EQ(one.total, 5);
    EXPECT_EQ(one.untouched, 2);
    EXPECT_EQ(one.with_engine, 1);
    EXPECT_EQ(one.done, 2);
    EXPECT_EQ(one.tried, 2);
    EXPECT_EQ(one.total, one.untouched + one.waiting + one.with_engine + one.done + one.denied);
    ASSERT_EQ(one.ended.size(), 2U);
    EXPECT_EQ(one.ended[0].outcome, Outcome::Connected);
    EXPECT_EQ(one.ended[1].contacts, 1);
}

TEST(ListReset, DialsAgainWhoWasNotReached) {
    TestStore test;
    test.import_numbers({fiction(1), fiction(2), fiction(3)});
    const std::string unreached = dial(test, Outcome::NoAnswer, false);
    dial(test, Outcome::Connected, false);
    dial(test, Outcome::OptedOut, false);
    test.events.clear();
    EXPECT_EQ(must(reset_list(*test.store, {.list = test.list,
                                            .campaigns = {test.campaign},
                                            .outcomes = unreached_outcomes(),
                                            .actor = "ann",
                                            .at = at(0)})),
              1);
    EXPECT_EQ(test.events.all<engine::ContactsAdded>().size(), 1U);
    EXPECT_EQ(offered(test, 5), unreached);

    const auto leaves = leaves_of(test);
    const auto reset =
        std::ranges::find(leaves, evidence::RecordKind::ListReset, &EvidenceLeaf::kind);
    ASSERT_NE(reset, leaves.end());
    for (const char* fact : {R"("actor":"ann")", R"("contacts":1)", R"("NO_ANSWER")"})
        EXPECT_NE(reset->record.find(fact), std::string::npos) << fact << reset->record;
}

TEST(ClaimOrder, TellsTheEngineOfPriorities) {
    TestStore test;
    test.import_text("phone,priority\n2025550101,\n2025550102,7\n2025550103,3\n");
    EXPECT_EQ(test.events.all<engine::ContactsAdded>().back().priority, 7) << "the highest";
    ImportRow hot{.first = {phone("+12025550104"), ""}, .priority = 9, .extra = "{}"};
    must(add_lead(*test.store, test.list, hot, DedupeScope::List, at(0)));
    EXPECT_EQ(test.events.all<engine::ContactsAdded>().back().priority, 9);
    std::vector<int> priorities;
    for (const auto& offer : test.claim(4).offers) priorities.push_back(offer.priority);
    EXPECT_EQ(priorities, (std::vector{9, 7, 3, 0}));
}

/// The plan of every query of a claim: a SCAN of a table would be O(contacts).
TEST(ClaimOrder, NeverScansATable) {
    TestStore test;
    test.import_text("phone,phone2,priority\n2025550101,2025550102,5\n2025550103,,\n");
    test.close();
    Database file{test.folder / "store.db", Database::Mode::ReadOnly};
    const char* const queries[] = {
        "SELECT cc.contact_id, c.number_id, n.digits, c.kind, cc.client_id, cc.priority, "
        "cc.attempts FROM campaign_contacts cc JOIN contacts c ON c.id = cc.contact_id "
        "JOIN numbers n ON n.id = c.number_id WHERE cc.campaign_id = 1 AND cc.priority = 0 "
        "AND cc.due_at <= 0 ORDER BY cc.due_at, cc.contact_id LIMIT 5",
        "SELECT min(due_at) FROM campaign_contacts WHERE campaign_id = 1 AND priority = 0 "
        "AND due_at IS NOT NULL",
        "SELECT max(priority) FROM campaign_contacts WHERE campaign_id = 1 AND priority < 9 "
        "AND due_at IS NOT NULL",
        "SELECT max(priority) FROM contacts WHERE import_id = 1 AND priority < 99 "
        "AND priority > 0 AND by_hand = 0",
        "SELECT c.id FROM contacts c JOIN numbers n ON n.id = c.number_id "
        "WHERE c.import_id = 1 AND c.priority = 5 AND c.priority > 0 AND c.by_hand = 0 "
        "AND c.id > 0 ORDER BY c.id LIMIT 5",
        "SELECT c.id FROM contacts c JOIN numbers n ON n.id = c.number_id WHERE c.id > 0 "
        "AND c.id <= 5000 AND c.import_id = 1 AND c.priority = 0 ORDER BY c.id LIMIT 5",
        "SELECT cn.number_id, n.digits, cn.kind FROM contact_numbers cn JOIN numbers n "
        "ON n.id = cn.number_id WHERE cn.contact_id = 1 ORDER BY cn.place",
        "SELECT number_id, at, outcome FROM attempts WHERE contact_id = 1 ORDER BY id",
        "SELECT outcome, count(*) FROM attempts INDEXED BY attempts_ended WHERE campaign_id = 1 "
        "AND ended_at >= 0 AND ended_at < 9 GROUP BY outcome",
    };
    for (const char* query : queries) {
        Statement plan{file, std::string{"EXPLAIN QUERY PLAN "} + query};
        std::string steps;
        while (plan.step()) steps += plan.get<std::string>(3) + "\n";
        EXPECT_EQ(steps.find("SCAN"), std::string::npos) << query << "\n" << steps;
        EXPECT_NE(steps.find("SEARCH"), std::string::npos) << query << "\n" << steps;
    }
}

}  // namespace
}  // namespace bellwether::store::test
