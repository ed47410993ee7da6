#include "dialer/app/policy/call_policy.h"

#include <gtest/gtest.h>

#include "compliance/policy/text_forms.h"
#include "tests/dialer/app/files.h"

// The rules as a node applies them: shipped packs, facts from the store's rows.

namespace bellwether::app {
namespace {

using compliance::Verdict;
using compliance::policy::ObligationKind;
using namespace std::chrono_literals;

UtcTime instant(const char* text) { return compliance::policy::parse_instant(text).value(); }

const UtcTime kMonday10 = instant("2026-11-23T15:00:00Z");  // 10:00 in New York

class CallPolicyTest : public ::testing::Test {
protected:
    CallPolicyTest() {
        settings_.accepted_drafts = {"us-federal", "us-fl", "research", "house"};
        settings_.owned_numbers = {"+12125550199"};
        settings_.caller_country = "US";
        settings_.tzdata = "test";
        spec_.id = CampaignId{1};
        spec_.name = "spring";
        spec_.purpose = campaigns::Purpose::Survey;
        spec_.mode = pacing::DialMode::Preview;
        spec_.caller_ids = {"+12125550199"};
        spec_.safe_harbour_prompt = "sorry.wav";
    }

    store::DialAnswer ask(const char* number = "+12125550123", UtcTime now = kMonday10) {
        auto shelf = PackShelf::open({});
        EXPECT_TRUE(shelf.has_value());
        CallPolicy policy{*shelf, settings_};
        EXPECT_TRUE(policy.set_terms(spec_, terms_, "acme", kMonday10 - 24h));
        store::DialQuestion question{.point = store::DialQuestion::Point::Invite,
                                     .now = now,
                                     .campaign = spec_.id,
                                     .client = ClientId{1},
                                     .contact = ContactId{1},
                                     .attempt = AttemptId{1},
                                     .number = PhoneNumber::parse(number).value(),
                                     .columns = columns_,
                                     .do_not_call_since = do_not_call_since_,
                                     .consents = consents_,
                                     .history = history_,
                                     .live_answers = 0,
                                     .abandoned = 0};
        return policy.decide(question);
    }

    void consent_to(std::vector<std::string> channels, std::string given = "2026-01-05") {
        store::ConsentRecord record{.number = PhoneNumber::parse("+12125550123").value()};
        record.given = std::move(given);
        record.channels = std::move(channels);
        record.form = store::ConsentForm::Written;
        record.request_sha256 = std::string(64, 'a');
        consents_.push_back(record);
    }

    PolicySettings settings_;
    campaigns::CampaignSpec spec_;
    CampaignTerms terms_;
    std::string columns_ = R"({"line_type":"landline"})";
    std::optional<UtcTime> do_not_call_since_;
    std::vector<store::ConsentRecord> consents_;
    std::vector<store::PastDial> history_;
};

TEST_F(CallPolicyTest, AllowsASurveyToALandlineAndSaysOnWhat) {
    const auto answer = ask();
    EXPECT_EQ(answer.decision.verdict, Verdict::Allow) << answer.decision.cited;
    ASSERT_TRUE(answer.record);
    EXPECT_EQ(answer.record->kind, compliance::evidence::RecordKind::Decision);
    ASSERT_TRUE(answer.record->person);
    EXPECT_TRUE(answer.record->person->details.contains("inputs"));
}

TEST_F(CallPolicyTest, UsesNoPackThatNobodyReviewedUnlessToldByName) {
    settings_.accepted_drafts = {"us-federal", "house"};
    const auto held = ask("+12126550123");
    EXPECT_EQ(held.decision.verdict, Verdict::Defer);  // the contact itself is not to blame
    EXPECT_EQ(held.decision.cited, "core.draft_pack");
}

TEST_F(CallPolicyTest, BindsNumbersKeptForFictionByTheCoreWhereTheirPacksAreDrafts) {
    settings_.accepted_drafts = {};
    settings_.owned_numbers = {};
    EXPECT_EQ(ask("+12125550123").decision.verdict, Verdict::Allow);
    EXPECT_EQ(ask("+12125550199").decision.verdict, Verdict::Allow);
    EXPECT_EQ(ask("+442079460123").decision.verdict, Verdict::Allow);
    EXPECT_EQ(ask("+12125550200").decision.cited, "core.draft_pack");
    EXPECT_EQ(ask("+12125560123").decision.cited, "core.draft_pack");
    do_not_call_since_ = kMonday10 - 1h;
    EXPECT_EQ(ask("+12125550123").decision.cited, "core.dnc.internal");
    settings_.accepted_drafts = {"us-federal", "research", "house"};  // then they are packs as any
    do_not_call_since_.reset();
    EXPECT_EQ(ask("+12125550123").decision.cited, "core.caller_id");
}

TEST_F(CallPolicyTest, DeniesACountryThatNoPackCovers) {
    EXPECT_EQ(ask("+4312345678").decision.cited, "core.no_pack");
}

TEST_F(CallPolicyTest, DeniesACallerIdThatIsNotOwned) {
    settings_.owned_numbers = {};
    EXPECT_EQ(ask().decision.cited, "core.caller_id");
}

TEST_F(CallPolicyTest, BindsPracticeNumbersByTheCoreAlone) {
    settings_ = {};
    settings_.practice_prefixes = {"+12125550"};
    EXPECT_EQ(ask().decision.verdict, Verdict::Allow);
    do_not_call_since_ = kMonday10 - 1h;
    EXPECT_EQ(ask().decision.cited, "core.dnc.internal");
}

TEST_F(CallPolicyTest, AsksForConsentWhereAMachineDialsAMobile) {
    spec_.mode = pacing::DialMode::Predictive;
    columns_ = R"({"line_type":"wireless"})";
    EXPECT_EQ(ask().decision.cited, "us.fcc.atds");
    columns_ = "";  // unknown: judged as wireless
    EXPECT_EQ(ask().decision.cited, "us.fcc.atds");
    consent_to({"autodialed"});
    EXPECT_EQ(ask().decision.verdict, Verdict::Allow) << ask().decision.cited;
    consents_[0].revoked = store::Revocation{.at = kMonday10 - 1h};
    EXPECT_EQ(ask().decision.cited, "core.revoked");
}

TEST_F(CallPolicyTest, KeepsTelemarketingToItsHoursAndNeedsAFreshList) {
    spec_.purpose = campaigns::Purpose::Telemarketing;
    spec_.ring_limit = 25s;
    EXPECT_EQ(ask().decision.cited, "us.dnc.stale");  // nobody has looked into the registry
    columns_ = R"({"line_type":"landline","time_zone":"America/Los_Angeles"})";
    const auto early = ask("+12125550123", instant("2026-11-23T13:30:00Z"));  // 05:30 there
    EXPECT_EQ(early.decision.cited, "us.dnc.stale");                          // denying comes first
    ASSERT_TRUE(early.record);
    EXPECT_EQ(*early.record->facts.at("verdict").text(), "DENY");
    EXPECT_EQ(early.decision.verdict, Verdict::Defer);  // of the campaign: it may get its list
}

TEST_F(CallPolicyTest, DeniesACampaignThatRingsTooShortly) {
    spec_.purpose = campaigns::Purpose::Telemarketing;
    spec_.ring_limit = 14s;
    EXPECT_EQ(ask().decision.cited, "us.fcc.ring");
}

TEST_F(CallPolicyTest, DeniesACapOfItsOwnThatIsWiderThanTheLaws) {
    spec_.purpose = campaigns::Purpose::Telemarketing;
    spec_.abandonment = {{Probability{0.05}, {compliance::WindowKind::Day, 0}}};
    EXPECT_EQ(ask().decision.cited, "us.fcc.abandon");
    spec_.abandonment = {{Probability{0.05}, {compliance::WindowKind::Day, 0}},
                         {Probability{0.03}, {compliance::WindowKind::ThirtyDays, 0}}};
    EXPECT_NE(ask().decision.cited, "us.fcc.abandon");
}

TEST_F(CallPolicyTest, CountsPastAttemptsOfTheSameSubject) {
    spec_.purpose = campaigns::Purpose::Telemarketing;
    settings_.practice_prefixes = {};
    columns_ = R"({"line_type":"landline","customer":"yes","last_purchase":"2026-10-01"})";
    for (int hours = 2; hours <= 4; ++hours)
        history_.push_back(
            {kMonday10 - std::chrono::hours{hours}, campaigns::Outcome::NoAnswer, CampaignId{1}});
    const auto answer = ask("+13055550123");
    ASSERT_TRUE(answer.record);
    const auto reasons = answer.record->facts.find("reasons");
    ASSERT_NE(reasons, answer.record->facts.end());
    bool has_frequency = false;
    for (const auto& reason : *reasons->second.array())
        has_frequency |= *reason.text() == "us.fl.freq";
    EXPECT_TRUE(has_frequency);
}

TEST_F(CallPolicyTest, RefusesTermsThatNameAPackThereIsNot) {
    CallPolicy policy{*PackShelf::open({}), settings_};
    terms_.packs = {"us-xx"};
    const auto set = policy.set_terms(spec_, terms_, "acme", {});
    ASSERT_FALSE(set);
    EXPECT_NE(set.error().detail.find("us-xx"), std::string::npos);
}

TEST_F(CallPolicyTest, TrustsNoZoneOfAPersonWhoseZoneIsNotUnderstood) {
    spec_.purpose = campaigns::Purpose::Telemarketing;
    columns_ = R"({"line_type":"landline","time_zone":"America/New_Yrok"})";
    const auto answer = ask();
    ASSERT_TRUE(answer.record);
    EXPECT_NE(*answer.record->facts.at("verdict").text(), "ALLOW");
}

TEST_F(CallPolicyTest, ChoosesPacksByWhatTheCallsAreReally) {
    CallPolicy policy{*PackShelf::open({}), settings_};
    const auto reasons = [&](bool transfers_to_sales) {
        terms_.transfers_to_sales = transfers_to_sales;
        EXPECT_TRUE(policy.set_terms(spec_, terms_, "acme", kMonday10 - 24h));
        const auto answer = policy.decide({.point = store::DialQuestion::Point::Invite,
                                           .now = kMonday10,
                                           .campaign = spec_.id,
                                           .number = PhoneNumber::parse("+13055550123").value(),
                                           .columns = columns_});
        return answer.record->facts.at("packs").object()->contains("us-fl");
    };
    EXPECT_FALSE(reasons(false));
    EXPECT_TRUE(reasons(true));  // a survey that hands on to sales is telemarketing
}

TEST_F(CallPolicyTest, KnowsNoCampaignThatItWasNotTold) {
    auto shelf = PackShelf::open({});
    CallPolicy policy{*shelf, settings_};
    const store::DialQuestion question{.now = kMonday10,
                                       .campaign = CampaignId{9},
                                       .number = PhoneNumber::parse("+12125550123").value()};
    EXPECT_EQ(policy.decide(question).decision.verdict, Verdict::Defer);
}

TEST_F(CallPolicyTest, TellsTheLogWhichPacksAreInForceAndWhatWasSetAside) {
    settings_.practice_prefixes = {"+12125550"};
    auto shelf = PackShelf::open({});
    const CallPolicy policy{*shelf, settings_};
    const auto records = policy.start_records(kMonday10, "node");
    ASSERT_EQ(records.size(), 5U);
    EXPECT_EQ(records.back().kind, compliance::evidence::RecordKind::Override);
}

}  // namespace
}  // namespace bellwether::app
