#include "campaigns/import/imported.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::import {
namespace {

TEST(SheetRows, WritesTheColumnsInUseInTheirOrder) {
    SheetRows sheet{{"type", "name", "hint", "label"}};
    sheet.add() = {{"label", "Good day, all"}, {"type", "note"}, {"name", "hello"}};
    sheet.add()["type"] = "end_group";
    EXPECT_EQ(sheet.csv(), "type,name,label\nnote,hello,\"Good day, all\"\nend_group,,\n");
    EXPECT_EQ(SheetRows{{"type"}}.csv(), "");
}

TEST(Names, MakesEachNameOnceAndFit) {
    Names names;
    EXPECT_EQ(names.make("visit"), "visit");
    EXPECT_EQ(names.make("Visit"), "Visit_2");
    EXPECT_EQ(names.make("visit"), "visit_3");
    EXPECT_EQ(names.make("1st one"), "q1st_one");
    EXPECT_EQ(names.make(""), "q");
    EXPECT_EQ(names.make("tel.x"), "q_tel.x");
    EXPECT_EQ(names.make(std::string(100, 'x')).size(), 64U);
    EXPECT_EQ(names.make(std::string(100, 'x')), std::string(62, 'x') + "_2");
}

TEST(LiteralOf, TakesTheQuotesThatFit) {
    EXPECT_EQ(literal_of("Y"), "'Y'");
    EXPECT_EQ(literal_of("it's"), "\"it's\"");
    EXPECT_EQ(literal_of("it's \"so\""), "concat('it', \"'s \", '\"so\"')");
}

TEST(AllOf, JoinsWhatIsThereOnce) {
    EXPECT_EQ(all_of({"", ""}), "");
    EXPECT_EQ(all_of({"", "a = 1", "a = 1"}), "a = 1");
    EXPECT_EQ(all_of({"a = 1 or b = 2", "c = 3"}), "(a = 1 or b = 2) and (c = 3)");
}

TEST(PlainText, TakesHtmlOut) {
    const auto plain = plain_text("<p>Good&nbsp;day,<br />all &amp; <b>ever</b>yone &#8212; x</p>");
    EXPECT_TRUE(plain.had_html);
    EXPECT_EQ(plain.text, "Good day, all & everyone \xE2\x80\x94 x");
}

TEST(PlainText, LeavesWhatIsNoHtml) {
    const auto plain = plain_text("  a < b  and\tb > c & d; \n");
    EXPECT_FALSE(plain.had_html);
    EXPECT_EQ(plain.text, "a < b and b > c & d;");
}

// RFC 3629, 7: the examples' characters.
TEST(AppendUtf8, WritesOneToFourBytes) {
    std::string out;
    for (const char32_t c : {U'A', U'\u2262', U'\u00E9', U'\U000233B4'}) append_utf8(out, c);
    EXPECT_EQ(out, "A\xE2\x89\xA2\xC3\xA9\xF0\xA3\x8E\xB4");
}

}  // namespace
}  // namespace bellwether::campaigns::import
