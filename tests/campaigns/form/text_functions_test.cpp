#include "campaigns/form/text_functions.h"

#include <gtest/gtest.h>

#include <limits>

namespace bellwether::campaigns::form {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(TextFunctions, CutSubstringsAsSliceDoes) {
    EXPECT_EQ(substring("hello", 1, 3), "el");
    EXPECT_EQ(substring("hello", -3, kInfinity), "llo");
    EXPECT_EQ(substring("hello", 0, -1), "hell");
    EXPECT_EQ(substring("hello", 3, 1), "");
    EXPECT_EQ(substring("привет", 1, 3), "ри");
}

TEST(TextFunctions, FindMarks) {
    EXPECT_EQ(substring_before("a-b-c", "-"), "a");
    EXPECT_EQ(substring_after("a-b-c", "-"), "b-c");
    EXPECT_EQ(substring_before("abc", "x"), "");
}

TEST(TextFunctions, Translate) {
    EXPECT_EQ(translated("bar", "abc", "AB"), "BAr");
    EXPECT_EQ(translated("--aaa--", "abc-", "ABC"), "AAA");
}

TEST(TextFunctions, FoldWhiteSpaceAndFindWords) {
    EXPECT_EQ(normalized_space("  a \t b\n"), "a b");
    EXPECT_TRUE(is_selected("food toys", " toys "));
    EXPECT_FALSE(is_selected("food toys", "toy"));
    EXPECT_FALSE(is_selected("", ""));
}

TEST(TextFunctions, NeverCutInsideACharacter) {
    EXPECT_EQ(cut("a€", 3), "a");
    EXPECT_EQ(cut("a€", 4), "a€");
}

}  // namespace
}  // namespace bellwether::campaigns::form
