#include "compliance/policy/policy_set.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

Pack pack_for(std::string id, std::vector<std::string> regions) {
    std::string rule = id + ".rule";
    Pack pack = made_pack(std::move(id), {made_rule(std::move(rule), Holiday{})});
    pack.applies.regions = std::move(regions);
    return pack;
}

std::string ids(const PolicySet& set) {
    std::string all;
    for (const Pack* pack : set.packs()) all += pack->id + " ";
    return all;
}

const Pack kFederal = pack_for("us", {"country:US"});
const Pack kFlorida = [] {
    Pack pack = pack_for("us-fl", {"areacode:US-FL", "address:US-FL"});
    pack.extends = {"us"};
    pack.applies.purposes = {Purpose::Telemarketing};
    return pack;
}();
const Pack kBritain = pack_for("uk", {"country:GB"});
const Pack kCaller = pack_for("de-caller", {"caller:DE"});
const Pack kHouse = pack_for("house", {});
const std::vector<const Pack*> kAll{&kHouse, &kFlorida, &kBritain, &kFederal, &kCaller};

TEST(Choose, ByTheNumbersCountry) {
    EXPECT_EQ(ids(choose(kAll, {.number_country = "US"})), "house us ");
    EXPECT_EQ(ids(choose(kAll, {.number_country = "GB"})), "house uk ");
}

TEST(Choose, ByAreaCodeOrAddressAndPurpose) {
    constexpr std::array<std::string_view, 1> kInFlorida{"US-FL"};
    EXPECT_EQ(ids(choose(kAll, {.number_country = "US", .number_regions = kInFlorida})),
              "house us us-fl ");
    EXPECT_EQ(ids(choose(kAll, {.number_country = "GB", .address_region = "US-FL"})),
              "house uk us us-fl ");
    EXPECT_EQ(ids(choose(kAll, {.number_country = "US",
                                .number_regions = kInFlorida,
                                .purpose = Purpose::Survey})),
              "house us ");
}

TEST(Choose, ByTheCallersCountry) {
    EXPECT_EQ(ids(choose(kAll, {.number_country = "US", .caller_country = "DE"})),
              "de-caller house us ");
}

TEST(Choose, ACountryWithoutAPackIsUncovered) {
    EXPECT_TRUE(choose(kAll, {.number_country = "US"}).is_covered());
    EXPECT_FALSE(choose(kAll, {.number_country = "FR"}).is_covered());
    EXPECT_FALSE(choose(kAll, {.address_region = "US-FL"}).is_covered());
}

TEST(Choose, NeverARetiredPack) {
    Pack retired = kFederal;
    retired.status = PackStatus::Retired;
    const std::vector<const Pack*> packs{&retired};
    EXPECT_EQ(ids(choose(packs, {.number_country = "US"})), "");
}

TEST(PolicySet, HoldsEachPackOnceAndRulesById) {
    const PolicySet set = PolicySet::of(std::vector<const Pack*>{&kBritain, &kFederal, &kBritain});
    EXPECT_EQ(ids(set), "uk us ");
    ASSERT_EQ(set.rules().size(), 2U);
    EXPECT_EQ(set.rules()[0]->id, "uk.rule");
    EXPECT_EQ(set.hash_of(kBritain).size(), 64U);
    EXPECT_TRUE(set.has_draft());
}

TEST(PolicySet, SharesNoRuleIdBetweenPacks) {
    Pack twin = kBritain;
    twin.id = "uk2";
    EXPECT_EQ(fault_together(std::vector<const Pack*>{&kBritain, &kFederal}), "");
    EXPECT_NE(fault_together(std::vector<const Pack*>{&kBritain, &twin}), "");
    Pack many = kBritain;
    many.rules.assign(kRulesMax + 1, many.rules[0]);
    EXPECT_NE(fault_together(std::vector<const Pack*>{&many}), "");
}

}  // namespace
}  // namespace bellwether::compliance::policy
