#include "compliance/policy/requirements.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

using namespace std::chrono_literals;

const Calls kSale{.on = Date{2026y / std::chrono::November / 23}};

TEST(Requirements, TheLongestRingBinds) {
    const Pack pack =
        made_pack("a", {made_rule("a.ring", MinRing{15s}), made_rule("b.ring", MinRing{20s})});
    const auto ring = min_ring(set_of({&pack}), kSale);
    ASSERT_TRUE(ring);
    EXPECT_EQ(ring->value, 20s);
    EXPECT_EQ(ring->rule->id, "b.ring");
    EXPECT_FALSE(min_ring(set_of({}), kSale));
}

TEST(Requirements, TheShortestLimitBindsFromTheEarliestOrigin) {
    const Pack pack = made_pack("a", {made_rule("a", ConnectLimit{2s, ClockOrigin::GreetingEnd}),
                                      made_rule("b", ConnectLimit{3s, ClockOrigin::Answer})});
    const auto limit = connect_limit(set_of({&pack}), kSale);
    ASSERT_TRUE(limit);
    EXPECT_EQ(limit->value.within, 2s);
    EXPECT_EQ(limit->value.from, ClockOrigin::Answer);
}

TEST(Requirements, BindOnlyTheirCallsAndDays) {
    Rule survey = made_rule("a", MinRing{15s});
    survey.applies.purposes = {Purpose::Survey};
    Rule later = made_rule("b", MinRing{15s});
    later.in_force.from = date("2027-01-01");
    Rule soft = made_rule("c", MinRing{15s});
    soft.strength = RuleClass::Soft;
    const Pack pack = made_pack("a", {survey, later, soft});
    EXPECT_FALSE(min_ring(set_of({&pack}), kSale));
}

TEST(Requirements, EveryCapBinds) {
    const Pack pack = made_pack("a", {made_rule("a", Abandonment{.cap_ppm = 30'000, .days = 30}),
                                      made_rule("b", Abandonment{.cap_ppm = 50'000})});
    const auto caps = abandonment_rules(set_of({&pack}), kSale);
    ASSERT_EQ(caps.size(), 2U);
    EXPECT_EQ(caps[1].value.cap_ppm, 50'000);
}

TEST(Requirements, TheLongestRetentionBinds) {
    const Pack pack =
        made_pack("a", {made_rule("a", Retention{"call", 2}), made_rule("b", Retention{"call", 5}),
                        made_rule("c", Retention{"recording", 0, 90})});
    const PolicySet set = set_of({&pack});
    EXPECT_GE(retention(set, "call", kSale.on)->value, std::chrono::days{5 * 365 + 1});
    EXPECT_EQ(retention(set, "recording", kSale.on)->value, std::chrono::days{90});
    EXPECT_FALSE(retention(set, "consent", kSale.on));
}

}  // namespace
}  // namespace bellwether::compliance::policy
