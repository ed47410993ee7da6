#include <gtest/gtest.h>

#include "compliance/policy/policy_set.h"

namespace bellwether::compliance::policy {
namespace {

TEST(CoreRules, HaveTheirContractsIdsAndCitations) {
    const CoreRules& core = core_rules();
    EXPECT_EQ(core.internal_dnc.id, "core.dnc.internal");
    EXPECT_EQ(core.revoked.id, "core.revoked");
    EXPECT_EQ(core.number.id, "core.number");
    EXPECT_EQ(core.caller_id.id, "core.caller_id");
    EXPECT_EQ(core.no_window.id, "core.no_window");
    EXPECT_EQ(core.house_hours.id, "house.hours");
    for (const Rule* rule : {&core.internal_dnc, &core.revoked, &core.number, &core.caller_id,
                             &core.no_window, &core.no_pack, &core.house_hours}) {
        EXPECT_FALSE(rule->cite.empty()) << rule->id;
        EXPECT_TRUE(rule->seen.ok()) << rule->id;
        EXPECT_EQ(rule->strength, RuleClass::Hard) << rule->id;
    }
    EXPECT_EQ(scope_of(core.caller_id), Scope::Campaign);
    EXPECT_EQ(scope_of(core.house_hours), Scope::Number);
}

}  // namespace
}  // namespace bellwether::compliance::policy
