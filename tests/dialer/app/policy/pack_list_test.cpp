#include "dialer/app/policy/pack_list.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::app {
namespace {

using namespace compliance::policy;

TEST(PackList, ShowsRulesWithCitationsAndDates) {
    Pack pack = made_pack("a", {made_rule("a.ring", MinRing{std::chrono::seconds{15}})});
    pack.rules[0].in_force.from = date("2026-01-01");
    const Json listed = pack_json(pack, true);
    EXPECT_EQ(listed["status"], "draft");
    EXPECT_EQ(listed["hash"].get<std::string>().size(), 64U);
    EXPECT_EQ(listed["rules"][0]["citation"], "a law");
    EXPECT_EQ(listed["rules"][0]["effective_from"], "2026-01-01");
    EXPECT_EQ(listed["rules"][0]["effective_to"], nullptr);
    EXPECT_EQ(pack_json(pack, false)["rules"], 1);
}

TEST(PackList, ADifferenceIsRulesAddedRemovedAndChanged) {
    const Rule kept = made_rule("a.kept", Holiday{});
    const Pack before = made_pack("a", {kept, made_rule("a.gone", Holiday{}),
                                        made_rule("a.ring", MinRing{std::chrono::seconds{15}})});
    const Pack after = made_pack("a", {kept, made_rule("a.new", Holiday{}),
                                       made_rule("a.ring", MinRing{std::chrono::seconds{20}})});
    const Json difference = packs_difference(before, after);
    ASSERT_EQ(difference["added"].size(), 1U);
    EXPECT_EQ(difference["added"][0]["id"], "a.new");
    ASSERT_EQ(difference["removed"].size(), 1U);
    EXPECT_EQ(difference["removed"][0]["id"], "a.gone");
    ASSERT_EQ(difference["changed"].size(), 1U);
    EXPECT_EQ(difference["changed"][0]["changes"],
              Json::parse(R"({"ring_ms":{"was":15000,"is":20000}})"));
}

TEST(PackList, ANewVersionOfARuleIsAnAddedOne) {
    Rule old_rule = made_rule("a.ring", MinRing{std::chrono::seconds{15}});
    const Pack before = made_pack("a", {old_rule});
    Rule dated = old_rule;
    dated.in_force.from = date("2027-01-01");
    old_rule.in_force.to = date("2026-12-31");
    const Json difference = packs_difference(before, made_pack("a", {old_rule, dated}));
    EXPECT_EQ(difference["added"].size(), 1U);
    EXPECT_EQ(difference["changed"].size(), 1U) << "it ends now";
}

}  // namespace
}  // namespace bellwether::app
