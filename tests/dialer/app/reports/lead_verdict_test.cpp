#include "dialer/app/reports/lead_verdict.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;
using campaigns::Outcome;
using compliance::Rule;
using engine::CampaignRunState;
using store::ContactState;

// 2026-03-02, a Monday.
UtcTime monday(std::chrono::milliseconds of_day) {
    return UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}} + of_day;
}

/// A campaign that calls from 09:00 to 21:00 UTC every day, three times at most.
class LeadVerdicts : public testing::Test {
protected:
    LeadVerdicts() {
        spec_.hours.zone = {"UTC", {{UtcTime{}, 0s}}};
        spec_.hours.windows = {{0x7f, 9h, 21h}};
        spec_.retry.attempts_max = 3;
    }

    [[nodiscard]] LeadFacts facts() const {
        return {.now = monday(12h),
                .standing = {},
                .spec = &spec_,
                .run_state = CampaignRunState::Running,
                .live = true};
    }

    campaigns::CampaignSpec spec_;
};

TEST_F(LeadVerdicts, OneInTurnMayBeDialedNow) {
    LeadFacts fresh = facts();
    fresh.ahead = 7;
    fresh.campaign_reason = "no agent is signed in who could take a call";
    const auto verdict = lead_verdict(fresh);
    EXPECT_EQ(verdict.rule, Rule::None);
    EXPECT_EQ(verdict.next_at, monday(12h));
    EXPECT_EQ(verdict.words,
              "it waits for its turn: 7 contacts stand before it; the campaign: no agent is signed "
              "in who could take a call");
}

TEST_F(LeadVerdicts, ARetryWaitsUntilItIsDue) {
    LeadFacts retry = facts();
    retry.standing = {.state = ContactState::Retry, .attempts = 1, .due = monday(15h)};
    const auto verdict = lead_verdict(retry);
    EXPECT_EQ(verdict.next_at, monday(15h));
    EXPECT_EQ(verdict.words, "it is tried again from 2026-03-02T15:00:00.000+00:00 on");
}

TEST_F(LeadVerdicts, ARetryDueAtNightWaitsForTheMorning) {
    LeadFacts retry = facts();
    retry.standing = {.state = ContactState::Retry, .attempts = 1, .due = monday(22h)};
    const auto verdict = lead_verdict(retry);
    EXPECT_EQ(verdict.rule, Rule::CallingHours);
    EXPECT_EQ(verdict.next_at, monday(24h + 9h));
}

TEST_F(LeadVerdicts, OutsideTheHoursTheyOpenFirst) {
    LeadFacts early = facts();
    early.now = monday(8h);
    const auto verdict = lead_verdict(early);
    EXPECT_EQ(verdict.rule, Rule::CallingHours);
    EXPECT_EQ(verdict.next_at, monday(9h));
    EXPECT_EQ(verdict.words,
              "it is outside the calling hours: they open at 2026-03-02T09:00:00.000+00:00");
}

TEST_F(LeadVerdicts, HoursThatNeverOpenGiveNoTime) {
    spec_.hours.windows.clear();
    const auto verdict = lead_verdict(facts());
    EXPECT_EQ(verdict.rule, Rule::CallingHours);
    EXPECT_EQ(verdict.next_at, std::nullopt);
}

TEST_F(LeadVerdicts, ANumberRestsAfterACrash) {
    LeadFacts cooling = facts();
    cooling.number_cools_until = monday(13h);
    const auto verdict = lead_verdict(cooling);
    EXPECT_EQ(verdict.rule, Rule::NumberBusy);
    EXPECT_EQ(verdict.next_at, monday(13h));
}

TEST_F(LeadVerdicts, ANumberUnderWayComesAfterThatCall) {
    LeadFacts busy = facts();
    busy.number_busy = true;
    EXPECT_EQ(lead_verdict(busy).rule, Rule::NumberBusy);
}

struct Row {
    const char* name;
    void (*change)(LeadFacts&);
    Rule rule;
    const char* words;  ///< part of them
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class NeverDialed : public LeadVerdicts, public testing::WithParamInterface<Row> {};

TEST_P(NeverDialed, HasNoTimeAndSaysWhy) {
    LeadFacts changed = facts();
    GetParam().change(changed);
    const auto verdict = lead_verdict(changed);
    EXPECT_EQ(verdict.next_at, std::nullopt);
    EXPECT_EQ(verdict.rule, GetParam().rule);
    EXPECT_NE(verdict.words.find(GetParam().words), std::string::npos) << verdict.words;
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, NeverDialed,
    testing::Values(
        Row{"Live", [](LeadFacts& f) { f.standing.state = ContactState::Live; }, Rule::None,
            "under way"},
        Row{"Done",
            [](LeadFacts& f) {
                f.standing = {
                    .state = ContactState::Done, .attempts = 1, .last_outcome = Outcome::Connected};
            },
            Rule::None, "after CONNECTED"},
        Row{"AllAttemptsMade",
            [](LeadFacts& f) {
                f.standing = {
                    .state = ContactState::Done, .attempts = 3, .last_outcome = Outcome::NoAnswer};
            },
            Rule::AttemptCap, "all its attempts"},
        Row{"Denied",
            [](LeadFacts& f) {
                f.standing = {.state = ContactState::Denied, .rule = Rule::DoNotCall};
            },
            Rule::DoNotCall, "forbids"},
        Row{"DoNotCall", [](LeadFacts& f) { f.on_do_not_call = true; }, Rule::DoNotCall,
            "do-not-call"},
        Row{"Prefix", [](LeadFacts& f) { f.destination_allowed = false; }, Rule::DestinationPrefix,
            "prefix"},
        Row{"CapLowered",
            [](LeadFacts& f) {
                f.standing = {.state = ContactState::Retry, .attempts = 3, .due = f.now};
            },
            Rule::AttemptCap, "allows 3"},
        Row{"ClosedByQuota",
            [](LeadFacts& f) {
                f.standing = {
                    .state = ContactState::Denied, .rule = Rule::QuotaFull, .cited = "north"};
            },
            Rule::QuotaFull, "north is full"},
        Row{"QuotaFull",
            [](LeadFacts& f) {
                f.quota_refusal = QuotaRefusal{"north", true};
            },
            Rule::QuotaFull, "not called any more"},
        Row{"QuotaHeld",
            [](LeadFacts& f) {
                f.quota_refusal = QuotaRefusal{"north", false};
            },
            Rule::QuotaFull, "while the interviews that go on"},
        Row{"NoCell",
            [](LeadFacts& f) {
                f.quota_refusal = QuotaRefusal{"", true};
            },
            Rule::QuotaFull, "no quota cell is about it"},
        Row{"NoService", [](LeadFacts& f) { f.live = false; }, Rule::None, "no service"},
        Row{"FileGone", [](LeadFacts& f) { f.spec = nullptr; }, Rule::None, "cannot be read"},
        Row{"Paused", [](LeadFacts& f) { f.run_state = CampaignRunState::Paused; }, Rule::None,
            "paused"}),
    [](const auto& row) { return row.param.name; });

store::ConversionRecord refusal(campaigns::Conversion conversion) {
    store::ConversionRecord record{.attempt = AttemptId{1},
                                   .agent = AgentId{7},
                                   .strength = campaigns::RefusalStrength::Soft,
                                   .conversion = conversion,
                                   .at = monday(10h)};
    if (conversion == campaigns::Conversion::Planned) record.due = monday(10h) + 24h * 7;
    return record;
}

TEST_F(LeadVerdicts, WhoHasRefusedWaitsForAnotherInterviewer) {
    LeadFacts cooling = facts();
    cooling.refusal = refusal(campaigns::Conversion::Planned);
    cooling.standing = {.state = ContactState::Retry, .attempts = 1, .due = cooling.refusal->due};
    EXPECT_EQ(lead_verdict(cooling).rule, Rule::Refused);
    EXPECT_EQ(lead_verdict(cooling).next_at, cooling.refusal->due);
    EXPECT_NE(lead_verdict(cooling).words.find("other than the one who was refused"),
              std::string::npos);

    LeadFacts waiting = cooling;
    waiting.now = monday(12h) + 24h * 7;
    waiting.standing.due = waiting.now;
    spec_.conversion = campaigns::ConversionRule{.skill = "converter"};
    EXPECT_EQ(lead_verdict(waiting).rule, Rule::Refused);
    EXPECT_NE(lead_verdict(waiting).words.find("with the skill converter"), std::string::npos);
}

TEST_F(LeadVerdicts, WhoHasRefusedForGoodIsToldSo) {
    LeadFacts hard = facts();
    hard.refusal = refusal(campaigns::Conversion::Hard);
    hard.standing = {.state = ContactState::Done, .attempts = 1};
    EXPECT_EQ(lead_verdict(hard).rule, Rule::Refused);
    EXPECT_EQ(lead_verdict(hard).next_at, std::nullopt);
    EXPECT_NE(lead_verdict(hard).words.find("not called any more"), std::string::npos);

    LeadFacts won_over = hard;
    won_over.refusal = refusal(campaigns::Conversion::Planned);
    won_over.standing.last_outcome = Outcome::InterviewComplete;
    EXPECT_EQ(lead_verdict(won_over).rule, Rule::None);

    LeadFacts switched_off = won_over;
    switched_off.standing = {.state = ContactState::Denied, .rule = Rule::Refused};
    EXPECT_NE(lead_verdict(switched_off).words.find("converts nobody"), std::string::npos);
}

}  // namespace
}  // namespace bellwether::app
