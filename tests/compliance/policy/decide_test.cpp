#include "compliance/policy/decide.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

// The law's own cases stand in tests/dialer/app/policy/policy_cases.json; here is how rules come
// together.

namespace bellwether::compliance::policy {
namespace {

using namespace std::chrono_literals;
using Ids = std::vector<std::string>;

TEST(Decide, NothingStandsAgainstAPlainCase) {
    const Decision decision = decide(set_of({}), plain_case());
    EXPECT_EQ(decision.verdict, Verdict::Allow);
    EXPECT_EQ(decision.primary, nullptr);
    EXPECT_FALSE(decision.scope);
    EXPECT_FALSE(decision.until);
}

TEST(Decide, TheCoreNeedsNoPack) {
    DialCase given = plain_case();
    given.internal_dnc = When::on(date("2025-07-10"));
    given.number.kind = NumberKind::Premium;
    given.campaign.owns_caller_id = false;
    EXPECT_EQ(reason_ids(decide(set_of({}), given)),
              (Ids{"core.caller_id", "core.dnc.internal", "core.number"}));
}

TEST(Decide, ReasonsStandByIdAndDenialComesFirst) {
    const Pack pack = made_pack("a", {made_rule("z.ban", ModeBan{{Mode::Predictive}}),
                                      made_rule("b.hours", Window{daily(20, 21)})});
    const Decision decision = decide(set_of({&pack}), plain_case());
    EXPECT_EQ(reason_ids(decision), (Ids{"b.hours", "z.ban"}));
    EXPECT_EQ(decision.verdict, Verdict::Deny);
    EXPECT_EQ(decision.primary->id, "z.ban");
    EXPECT_EQ(decision.scope, Scope::Campaign);
    EXPECT_FALSE(decision.until) << "a denial has none";
}

TEST(Decide, UntilIsWhenAllTemporalRulesPassTogether) {
    DialCase given = plain_case();
    const std::array<PastAttempt, 1> history{PastAttempt{.at = instant("2026-11-23T16:30:00Z")}};
    given.history = history;
    // Open till one; three hours after half past eleven; open again from six.
    const Pack pack =
        made_pack("a", {made_rule("a.gap", Spacing{3h}),
                        made_rule("a.hours", Window{{{127, 8h, 13h}, {127, 18h, 21h}}})});
    const Decision decision = decide(set_of({&pack}), given);
    EXPECT_EQ(reason_ids(decision), (Ids{"a.gap"}));
    ASSERT_TRUE(decision.until);
    EXPECT_EQ(to_text(*decision.until), "2026-11-23T23:00:00Z");
}

TEST(Decide, ACapThatClearsAfterWeeksIsWaitedFor) {
    DialCase given = plain_case();
    const std::array<PastAttempt, 1> history{PastAttempt{.at = instant("2026-11-23T16:00:00Z")}};
    given.history = history;
    const Pack pack = made_pack(
        "a", {made_rule("a.gap", Spacing{24h * 30}), made_rule("a.hours", Window{daily(8, 10)})});
    const Decision decision = decide(set_of({&pack}), given);
    ASSERT_TRUE(decision.until);
    EXPECT_EQ(to_text(*decision.until), "2026-12-24T13:00:00Z");
}

TEST(Decide, HoursThatNeverMeetAreDenied) {
    const Pack pack = made_pack("a", {made_rule("a.hours", Window{daily(8, 10)}),
                                      made_rule("b.hours", Window{daily(10, 21)})});
    const Decision decision = decide(set_of({&pack}), plain_case());
    EXPECT_EQ(reason_ids(decision), (Ids{"a.hours", "core.no_window"}));
    EXPECT_EQ(decision.verdict, Verdict::Deny);
    EXPECT_EQ(decision.primary->id, "core.no_window");
}

TEST(Decide, AHardRuleWithoutItsFactDenies) {
    DialCase given = plain_case();
    given.number.zones = {};
    const Pack pack = made_pack("a", {made_rule("a.hours", Window{daily(8, 21)})});
    const Decision decision = decide(set_of({&pack}), given);
    EXPECT_EQ(decision.verdict, Verdict::Deny);
    EXPECT_EQ(reason_ids(decision), (Ids{"a.hours"}));
}

TEST(Decide, ASoftRuleOnlyWarns) {
    Rule rule = made_rule("a.hours", Window{daily(20, 21)});
    rule.strength = RuleClass::Soft;
    Rule cap = made_rule("a.cap", Abandonment{.cap_ppm = 10'000, .days = 30});
    cap.strength = RuleClass::Soft;
    const Pack pack = made_pack("a", {rule, cap});
    DialCase given = plain_case();
    given.campaign.window_totals = {100, 2};
    const Decision decision = decide(set_of({&pack}), given);
    EXPECT_EQ(decision.verdict, Verdict::Allow);
    EXPECT_TRUE(decision.obligations.empty());
    ASSERT_EQ(decision.warnings.size(), 2U);
    EXPECT_EQ(decision.warnings[0]->id, "a.cap");
    EXPECT_EQ(decision.warnings[1]->id, "a.hours");
}

TEST(Decide, AVersionOfTheLawBindsOnItsDays) {
    Rule before = made_rule("a.ban", ModeBan{{Mode::Manual}});
    before.in_force.to = date("2026-11-22");
    Rule after = made_rule("a.ban", ModeBan{{Mode::Predictive}});
    after.in_force.from = date("2026-11-23");
    const Pack pack = made_pack("a", {before, after});
    DialCase given = plain_case();
    EXPECT_EQ(decide(set_of({&pack}), given).verdict, Verdict::Deny);
    given.now = instant("2026-11-22T17:00:00Z");
    EXPECT_EQ(decide(set_of({&pack}), given).verdict, Verdict::Allow);
}

TEST(Decide, ARecordedCallCannotReserveAnAgent) {
    const Pack pack =
        made_pack("a", {made_rule("a.recall", RecallGuard{{CallOutcome::Abandoned}, 72h})});
    DialCase given = plain_case();
    std::array<PastAttempt, 1> history{
        PastAttempt{.at = given.now - 1h, .outcome = CallOutcome::Abandoned}};
    given.history = history;
    EXPECT_EQ(decide(set_of({&pack}), given).obligations.size(), 1U);
    given.campaign.mode = Mode::Prerecorded;
    EXPECT_EQ(decide(set_of({&pack}), given).verdict, Verdict::Deny);
    given.campaign.mode = Mode::Predictive;
    history[0].outcome.reset();
    EXPECT_EQ(decide(set_of({&pack}), given).obligations.size(), 1U) << "outcome unknown";
    history[0].at = given.now - 72h;
    EXPECT_TRUE(decide(set_of({&pack}), given).obligations.empty());
}

TEST(Decide, CapsCompareExactly) {
    const Pack pack =
        made_pack("a", {made_rule("a.cap", Abandonment{.cap_ppm = 30'000, .days = 30})});
    DialCase given = plain_case();
    given.campaign.window_totals = {1'000'000'000'000, 30'000'000'000};
    EXPECT_TRUE(decide(set_of({&pack}), given).obligations.empty());
    given.campaign.window_totals = {1'000'000'000'000, 30'000'000'001};
    EXPECT_EQ(decide(set_of({&pack}), given).obligations.size(), 2U);
}

TEST(Decide, ACountryWithoutAPackIsDenied) {
    EXPECT_EQ(reason_ids(decide(PolicySet::uncovered({}), plain_case())), (Ids{"core.no_pack"}));
}

TEST(Decide, NumbersOfARefusedKindAreDenied) {
    const Pack pack = made_pack("a", {made_rule("a.kind", NumberType{{NumberKind::Ordinary}})});
    EXPECT_EQ(reason_ids(decide(set_of({&pack}), plain_case())), (Ids{"a.kind"}));
}

}  // namespace
}  // namespace bellwether::compliance::policy
