#include "dialer/store/dial_policy.h"

#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

// What a policy is asked, and what follows from its answers: dial_facts, claims, action_writer.

namespace bellwether::store::test {
namespace {

using compliance::Decision;
using compliance::Rule;
using compliance::Verdict;

/// Answers by the last digit of the number, and remembers what it was asked.
class Scripted final : public DialPolicy {
public:
    DialAnswer decide(const DialQuestion& question) override {
        asked.push_back(question);
        histories.emplace_back(question.history.begin(), question.history.end());
        consents.emplace_back(question.consents.begin(), question.consents.end());
        const auto found = answers.find(question.number.e164());
        const Decision allow{Verdict::Allow, Rule::None, std::nullopt};
        DialAnswer answer{found == answers.end() ? allow : found->second, std::nullopt,
                          holds_campaign};
        answer.record = to_record(compliance::evidence::DecisionFacts{
            .at = question.now,
            .point = question.point == DialQuestion::Point::Invite ? "INVITE" : "SELECTION",
            .client = question.client,
            .campaign = question.campaign,
            .attempt = question.attempt,
            .number = question.number,
            .verdict = std::string{name_of(answer.decision.verdict)}});
        return answer;
    }

    std::map<std::string, Decision> answers;
    bool holds_campaign = false;
    std::vector<DialQuestion> asked;  ///< spans of them are gone
    std::vector<std::vector<PastDial>> histories;
    std::vector<std::vector<ConsentRecord>> consents;
};

Decision deny(std::string rule) {
    return {Verdict::Deny, Rule::Policy, std::nullopt, std::move(rule)};
}

class DialPolicyTest : public ::testing::Test {
protected:
    DialPolicyTest() {
        test.close();
        test.policy = &policy;
        test.open();
    }

    Scripted policy;
    TestStore test;
};

TEST_F(DialPolicyTest, IsAskedAtTheClaimAndWhoeverItRefusesIsNotOffered) {
    test.import_numbers({fiction(0), fiction(1), fiction(2)});
    policy.answers[fiction(0)] = deny("us.dnc.national");
    policy.answers[fiction(1)] = {Verdict::Defer, Rule::Policy, at(3'600), "us.fcc.hours"};

    const auto offered = test.claim(5);
    ASSERT_EQ(offered.offers.size(), 1U);
    EXPECT_EQ(must(test.store->number(offered.offers[0].number)).e164(), fiction(2));
    ASSERT_TRUE(offered.next_due);
    EXPECT_EQ(*offered.next_due, at(3'600));

    const auto standing = [&](int n) {
        const auto contact = must(test.store->find_contacts(phone(fiction(n)))).at(0).id;
        return must(test.store->standing(contact)).at(0);
    };
    EXPECT_EQ(standing(0).state, ContactState::Denied);
    EXPECT_EQ(standing(0).rule, Rule::Policy);
    EXPECT_EQ(standing(0).cited, "us.dnc.national");
    EXPECT_EQ(standing(1).state, ContactState::New);
    EXPECT_EQ(standing(1).due, at(3'600));
    EXPECT_EQ(standing(1).cited, "us.fcc.hours");
    EXPECT_EQ(policy.asked.size(), 3U);
    EXPECT_EQ(policy.asked[0].point, DialQuestion::Point::Selection);
    EXPECT_EQ(policy.asked[0].client, test.client);
}

// A stale list must not make the store ask about a million contacts each minute.
TEST_F(DialPolicyTest, AsksOnceWhereTheCampaignItselfIsHeldBack) {
    test.import_numbers({fiction(0), fiction(1), fiction(2)});
    policy.holds_campaign = true;
    policy.answers[fiction(0)] = {Verdict::Defer, Rule::Policy, at(60), "us.dnc.stale"};
    const auto offered = test.claim(5);
    EXPECT_TRUE(offered.offers.empty());
    EXPECT_EQ(offered.next_due, at(60));
    EXPECT_EQ(policy.asked.size(), 1U);

    policy.holds_campaign = false;
    policy.answers.clear();
    EXPECT_EQ(test.claim(5, at(61)).offers.size(), 3U);  // nobody was lost meanwhile
}

TEST_F(DialPolicyTest, ObligationsComeWithTheOffer) {
    using compliance::policy::ObligationKind;
    test.import_numbers({fiction(0)});
    policy.answers[fiction(0)] = {
        Verdict::Allow, Rule::None, std::nullopt, {}, {ObligationKind::ReserveAgent}};
    const auto offered = test.claim(1);
    ASSERT_EQ(offered.offers.size(), 1U);
    EXPECT_EQ(offered.offers[0].obligations, std::vector{ObligationKind::ReserveAgent});
}

TEST_F(DialPolicyTest, IsAskedAgainWithTheAttemptAndItsAnswerIsOnRecord) {
    test.import_numbers({fiction(0)});
    const auto offer = test.claim(1).offers.at(0);
    policy.answers[fiction(0)] = deny("us.dnc.stale");
    const auto attempt = test.attempt_of(offer);
    test.write({attempt}, at(1));

    EXPECT_EQ(policy.asked.back().point, DialQuestion::Point::Invite);
    EXPECT_EQ(policy.asked.back().attempt, attempt.attempt);
    const auto stored = test.events.all<engine::AttemptStored>();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0].decision.verdict, Verdict::Deny);
    EXPECT_EQ(stored[0].decision.cited, "us.dnc.stale");
    const auto attempts = must(test.store->attempts_of(offer.contact));
    EXPECT_EQ(attempts.at(0).decision.cited, "us.dnc.stale");
}

TEST_F(DialPolicyTest, KnowsWhatWasDialedBeforeAndWhatWasAgreed) {
    test.import_numbers({fiction(0)});
    ConsentRecord consent{.client = test.client, .number = phone(fiction(0))};
    consent.given = "2026-01-05";
    consent.channels = {"live"};
    ASSERT_EQ(must(add_consents(*test.store, std::span{&consent, 1})), 1);

    const auto offer = test.claim(1).offers.at(0);
    EXPECT_TRUE(policy.histories.back().empty());
    ASSERT_EQ(policy.consents.back().size(), 1U);
    EXPECT_EQ(policy.consents.back()[0].given, "2026-01-05");

    const auto attempt = test.attempt_of(offer);
    test.write({attempt,
                engine::StoreMilestone{attempt.attempt, engine::Milestone::Invited, at(10)},
                test.outcome_of(attempt, campaigns::Outcome::Busy, at(60))});
    ASSERT_EQ(test.claim(1, at(61)).offers.size(), 1U);
    ASSERT_EQ(policy.histories.back().size(), 1U);
    EXPECT_EQ(policy.histories.back()[0].at, at(10));
    EXPECT_EQ(policy.histories.back()[0].outcome, campaigns::Outcome::Busy);
}

}  // namespace
}  // namespace bellwether::store::test
