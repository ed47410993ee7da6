#include "compliance/policy/recompute.h"

#include <gtest/gtest.h>

#include "compliance/policy/inputs_hash.h"
#include "tests/compliance/policy/case_support.h"

// 1,000 random cases are recomputed by tests/dialer/app/policy/policy_laws.cpp.

namespace bellwether::compliance::policy {
namespace {

const Pack kHours = made_pack("hours", {made_rule("a.hours", Window{daily(13, 21)})});
const std::vector<const Pack*> kPacks{&kHours};

std::string stored() { return canonical_inputs(set_of({&kHours}), plain_case(), "2026f"); }

TEST(Recompute, ComesToTheSame) {
    const auto again = recompute(stored(), kPacks, made_sources(), "2026f");
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(again->inputs_hash, inputs_hash(stored()));
    EXPECT_EQ(again->verdict, Verdict::Defer);
    EXPECT_EQ(again->primary, "a.hours");
    EXPECT_EQ(to_text(*again->until), "2026-11-23T18:00:00Z");
}

TEST(Recompute, SaysWhatIsNotOfThatDay) {
    EXPECT_EQ(recompute(stored(), kPacks, made_sources(), "2026g").error().code, Errc::Conflict);
    EXPECT_EQ(recompute(stored(), {}, made_sources(), "2026f").error().code, Errc::NotFound);
    Pack changed = kHours;
    changed.version = "2";
    const std::vector<const Pack*> packs{&changed};
    EXPECT_EQ(recompute(stored(), packs, made_sources(), "2026f").error().code, Errc::Conflict);
}

TEST(Recompute, RefusesWhatIsNoStoredCase) {
    for (const char* wrong : {"", "{}", R"({"tzdata":"2026f","packs":1,"case":{}})",
                              R"({"tzdata":"2026f","packs":{},"case":{}})"}) {
        EXPECT_FALSE(recompute(wrong, kPacks, made_sources(), "2026f")) << wrong;
    }
}

TEST(Recompute, AnUncoveredCaseStaysSo) {
    const Pack* const packs[] = {&kHours};
    const std::string bytes = canonical_inputs(PolicySet::uncovered(packs), plain_case(), "2026f");
    const auto again = recompute(bytes, kPacks, made_sources(), "2026f");
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(again->primary, "core.no_pack");
    EXPECT_EQ(again->inputs_hash, inputs_hash(bytes));
}

}  // namespace
}  // namespace bellwether::compliance::policy
