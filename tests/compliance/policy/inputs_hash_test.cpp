#include "compliance/policy/inputs_hash.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

TEST(InputsHash, IsThatOfTheBytes) {
    // printf '' | sha256sum; printf 'abc' | sha256sum (FIPS 180-4, example B.1)
    EXPECT_EQ(inputs_hash(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(inputs_hash("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(InputsHash, EverythingADecisionRestsOnIsInTheBytes) {
    const Pack pack = made_pack("a", {made_rule("a.gap", Spacing{std::chrono::hours{3}})});
    const Pack other = made_pack("a", {made_rule("a.gap", Spacing{std::chrono::hours{4}})});
    const DialCase given = plain_case();
    const std::string bytes = canonical_inputs(set_of({&pack}), given, "2026f");
    EXPECT_NE(canonical_inputs(set_of({&other}), given, "2026f"), bytes);
    EXPECT_NE(canonical_inputs(set_of({}), given, "2026f"), bytes);
    EXPECT_NE(canonical_inputs(set_of({&pack}), given, "2026g"), bytes);
    const Pack* const packs[] = {&pack};
    EXPECT_NE(canonical_inputs(PolicySet::uncovered(packs), given, "2026f"), bytes);
    DialCase later = given;
    later.now += std::chrono::milliseconds{1};
    EXPECT_NE(canonical_inputs(set_of({&pack}), later, "2026f"), bytes);
}

TEST(InputsHash, TheOrderOfPacksIsNot) {
    const Pack a = made_pack("a", {});
    const Pack b = made_pack("b", {});
    EXPECT_EQ(canonical_inputs(set_of({&a, &b}), plain_case(), "x"),
              canonical_inputs(set_of({&b, &a, &b}), plain_case(), "x"));
}

}  // namespace
}  // namespace bellwether::compliance::policy
