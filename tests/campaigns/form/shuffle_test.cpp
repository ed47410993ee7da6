#include "campaigns/form/shuffle.h"

#include <gtest/gtest.h>

#include <string>

namespace bellwether::campaigns::form {
namespace {

std::string order(const std::string& items, double seed) {
    std::string out;
    for (const std::size_t i : shuffled(items.size(), seed)) out += items[i];
    return out;
}

// Vectors of research/surveys.md 1.8; the first four are openrosa-xpath-evaluator's.
TEST(Shuffle, GivesTheOrdersOfOtherEngines) {
    EXPECT_EQ(order("ABCDEF", 42), "AFCBDE");
    EXPECT_EQ(order("ABCDEF", -42), "EDAFBC");
    EXPECT_EQ(order("ABCDEF", 1), "BFEACD");
    EXPECT_EQ(order("ABCDEF", 11111111), "ACDBFE");
    for (const double seed : {0.0, 2147483646.0, 2147483647.0}) {
        EXPECT_EQ(order("ABCDEF", seed), "CBEAFD");
    }
    EXPECT_EQ(order("abcde", 7), "dbaec");
}

TEST(Shuffle, MakesSeedsOfTexts) {
    EXPECT_EQ(seed_of_text("abc"), -5010229573455851542.0);
    EXPECT_EQ(order("ABCDEF", seed_of_text("abc")), "DBEFAC");
    EXPECT_EQ(seed_of_text("-7.9"), -7);
    EXPECT_EQ(seed_of_text(""), 0);
}

// 0x811c9dc5 is the FNV-1a hash of no bytes (draft-eastlake-fnv), e40c292c that of "a".
TEST(Shuffle, MakesSeedsOfRows) {
    EXPECT_EQ(seed_of_row(0, ""), 0x811c9dc5U % 2147483646U + 1);
    EXPECT_EQ(seed_of_row(5, "a"), (0xe40c292cU ^ 5U) % 2147483646U + 1);
}

TEST(Shuffle, DrawsWithoutWarmUp) { EXPECT_EQ(first_draw(1), 16806 / 2147483646.0); }

}  // namespace
}  // namespace bellwether::campaigns::form
