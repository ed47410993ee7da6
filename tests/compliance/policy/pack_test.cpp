#include "compliance/policy/pack.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

using namespace std::chrono_literals;

Rule hours() { return made_rule("us.xx.hours", Window{daily(8, 21)}); }

std::string faults(const Pack& pack) {
    std::string all;
    for (const PackFault& fault : check(pack)) all += fault.text + "|";
    return all;
}

std::string faults(Rule rule) { return faults(made_pack("us-xx", {std::move(rule)})); }

TEST(PackCheck, LetsARightPackPass) { EXPECT_EQ(faults(hours()), ""); }

TEST(PackCheck, RefusesARuleWithoutItsEvidence) {
    Rule rule = hours();
    rule.cite = "";
    EXPECT_EQ(faults(rule), "has no cite|");
    rule = hours();
    rule.source = "";
    EXPECT_EQ(faults(rule), "has no source|");
    rule = hours();
    rule.seen = {};
    EXPECT_EQ(faults(rule), "has no date seen|");
}

TEST(PackCheck, RefusesDatesOfOneIdThatOverlap) {
    Rule first = hours();
    first.in_force.to = date("2026-06-30");
    Rule second = hours();
    second.in_force.from = date("2026-07-01");
    EXPECT_EQ(faults(made_pack("us-xx", {first, second})), "");
    second.in_force.from = date("2026-06-30");
    const auto found = check(made_pack("us-xx", {first, second}));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].rule, 1U);
    second.in_force.to = date("2026-06-29");
    EXPECT_NE(faults(second).find("effective_to lies before"), std::string::npos);
}

TEST(PackCheck, RefusesParametersOutOfRange) {
    EXPECT_NE(faults(made_rule("a", Window{})), "");
    EXPECT_NE(faults(made_rule("a", Frequency{.max = 33, .per = 1h})), "");
    EXPECT_NE(faults(made_rule("a", Frequency{.max = 3})), "");
    EXPECT_NE(faults(made_rule("a", Spacing{})), "");
    EXPECT_NE(faults(made_rule("a", ModeBan{})), "");
    EXPECT_NE(faults(made_rule("a", MinRing{.ring = 5min})), "");
    EXPECT_NE(faults(made_rule("a", Abandonment{.cap_ppm = 30'000})), "") << "no days";
    EXPECT_EQ(faults(made_rule("a", Abandonment{.cap_ppm = 30'000, .days = 30})), "");
    EXPECT_NE(faults(made_rule("a", Message{})), "");
    EXPECT_NE(faults(made_rule("a", Retention{.record = "call"})), "");
    EXPECT_NE(faults(made_rule("a", RecordFields{})), "");
    EXPECT_NE(faults(made_rule("Capital", Holiday{})), "");
}

TEST(PackCheck, RefusesAListWithoutItsFreshness) {
    const Rule listed = made_rule("a.listed", Suppression{});
    EXPECT_NE(faults(listed), "");
    const Rule fresh = made_rule("a.stale", ListFreshness{.days_max = 31});
    EXPECT_EQ(faults(made_pack("a", {listed, fresh})), "");
    EXPECT_EQ(faults(made_rule("a", Suppression{.list = ListName::Objection})), "");
}

TEST(PackCheck, RefusesAnExceptionWithoutItsOwnCitation) {
    Rule rule = hours();
    rule.exceptions = {{.kind = Exception::Kind::Purchase, .months = 18}};
    EXPECT_NE(faults(rule), "");
    rule.exceptions[0].cite = "another law";
    EXPECT_EQ(faults(rule), "");
    rule.exceptions[0].months = 0;
    EXPECT_NE(faults(rule), "");
}

TEST(PackCheck, RefusesAReviewWithoutAReviewer) {
    Pack pack = made_pack("us-xx", {hours()});
    pack.status = PackStatus::Reviewed;
    EXPECT_NE(faults(pack), "");
    pack.reviewed_by = "A. Lawyer";
    pack.review_until = date("2027-05-31");
    EXPECT_EQ(faults(pack), "");
}

TEST(PackCheck, RefusesARegionOfAnotherForm) {
    Pack pack = made_pack("us-xx", {hours()});
    pack.applies.regions = {"US-FL"};
    EXPECT_NE(faults(pack), "");
    pack.applies.regions = {"areacode:US-FL", "country:US", "caller:GB", "address:US-FL"};
    EXPECT_EQ(faults(pack), "");
}

}  // namespace
}  // namespace bellwether::compliance::policy
