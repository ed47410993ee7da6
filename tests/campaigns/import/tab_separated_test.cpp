#include "campaigns/import/tab_separated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellwether::campaigns::import {
namespace {

using testing::ElementsAre;
using namespace std::string_literals;

std::vector<TabRow> rows(std::string_view text) {
    const auto read = read_tab_separated(text);
    if (read) return *read;
    ADD_FAILURE() << read.error().detail;
    return {};
}

TEST(TabSeparated, ReadsQuotedFieldsAndQuotesWithin) {
    const auto read = rows("a\t\"b \"\"c\"\"\nd\"\tx == \"Y\"\n\n\t\ne\n");
    ASSERT_EQ(read.size(), 2U);
    EXPECT_THAT(read[0].fields, ElementsAre("a", "b \"c\"\nd", "x == \"Y\""));
    EXPECT_EQ(read[0].line, 1U);
    EXPECT_THAT(read[1].fields, ElementsAre("e"));
    EXPECT_EQ(read[1].line, 5U);
}

TEST(TabSeparated, TakesAQuoteThatNeverEndsAsItStands) {
    const auto read = rows("\"a\tb\nc\td\n");
    ASSERT_EQ(read.size(), 2U);
    EXPECT_THAT(read[0].fields, ElementsAre("\"a", "b"));
}

TEST(TabSeparated, ReadsEveryNewlineAndNonBreakingSpaces) {
    const auto read = rows(
        "\xEF\xBB\xBF"
        "a\xC2\xA0"
        "b\r\nc\rd\n");
    ASSERT_EQ(read.size(), 3U);
    EXPECT_THAT(read[0].fields, ElementsAre("a b"));
    EXPECT_EQ(read[2].line, 3U);
}

// UTF-16 of "é\t😀": 00E9 0009 D83D DE00.
TEST(TabSeparated, ReadsUtf16WithItsMark) {
    const auto little = rows("\xFF\xFE\xE9\x00\x09\x00\x3D\xD8\x00\xDE"s);
    const auto big = rows("\xFE\xFF\x00\xE9\x00\x09\xD8\x3D\xDE\x00"s);
    ASSERT_EQ(little.size(), 1U);
    ASSERT_EQ(big.size(), 1U);
    EXPECT_THAT(little[0].fields, ElementsAre("\xC3\xA9", "\xF0\x9F\x98\x80"));
    EXPECT_EQ(big[0].fields, little[0].fields);
}

TEST(TabSeparated, NamesTheLineOfWhatIsNoText) {
    EXPECT_EQ(read_tab_separated("a\nb\xFF\n").error().detail,
              "line 2: not UTF-8; save the file as UTF-8");
    EXPECT_FALSE(read_tab_separated("a\0b"s));
    EXPECT_FALSE(read_tab_separated("\xFF\xFE\x3D\xD8"s));  // half a pair
    EXPECT_FALSE(read_tab_separated(std::string(2000, '\t')));
    EXPECT_FALSE(read_tab_separated(std::string(70'000, 'x')));
}

}  // namespace
}  // namespace bellwether::campaigns::import
