#include "compliance/policy/rule.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

TEST(Rule, HasTheKindOfItsParameters) {
    EXPECT_EQ(made_rule("a.b", Window{}).kind(), RuleKind::Window);
    EXPECT_EQ(made_rule("a.b", NumberType{}).kind(), RuleKind::NumberType);
    EXPECT_EQ(std::variant_size_v<Parameters>, kEnumNames<RuleKind>.size());
}

TEST(Rule, TheKindSaysWhatTheRuleDoes) {
    EXPECT_EQ(effect_of(RuleKind::Spacing), Effect::Defer);
    EXPECT_EQ(effect_of(RuleKind::ListFreshness), Effect::Deny);
    EXPECT_EQ(effect_of(RuleKind::RecallGuard), Effect::Oblige);
    EXPECT_EQ(effect_of(RuleKind::Retention), Effect::Record);
}

// The command's contract: campaign for list_freshness, message, caller_id, mode_ban, abandonment,
// min_ring and connect_limit; contact for frequency keyed by person; number for all others.
TEST(Rule, TheScopeFollowsTheKind) {
    for (const Parameters& kind :
         {Parameters{ListFreshness{}}, Parameters{Message{}}, Parameters{CallerId{}},
          Parameters{ModeBan{}}, Parameters{Abandonment{}}, Parameters{MinRing{}},
          Parameters{ConnectLimit{}}}) {
        EXPECT_EQ(scope_of(made_rule("a.b", kind)), Scope::Campaign) << kind.index();
    }
    EXPECT_EQ(scope_of(made_rule("a.b", Frequency{.is_by_person = true})), Scope::Contact);
    for (const Parameters& kind : {Parameters{Frequency{}}, Parameters{Window{}},
                                   Parameters{Suppression{}}, Parameters{Consent{}}}) {
        EXPECT_EQ(scope_of(made_rule("a.b", kind)), Scope::Number) << kind.index();
    }
}

TEST(Rule, BothEndsOfItsDatesAreIncluded) {
    const DateRange range{date("2026-01-01"), date("2026-06-30")};
    EXPECT_TRUE(range.has(date("2026-01-01")));
    EXPECT_TRUE(range.has(date("2026-06-30")));
    EXPECT_FALSE(range.has(date("2026-07-01")));
    EXPECT_TRUE(DateRange{}.has(date("1900-01-01")));
}

}  // namespace
}  // namespace bellwether::compliance::policy
