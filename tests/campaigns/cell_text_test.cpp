#include "campaigns/cell_text.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns {
namespace {

TEST(KeypadKey, IsOneOfTwelve) {
    for (const char* key : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#"}) {
        EXPECT_TRUE(is_keypad_key(key)) << key;
    }
    for (const char* text : {"", "A", "10", "+", " ", "1 "})
        EXPECT_FALSE(is_keypad_key(text)) << text;
}

TEST(WordsOf, SplitsAtBlanksOfAnyNumber) {
    using Words = std::vector<std::string_view>;
    EXPECT_EQ(words_of("select_one yn"), (Words{"select_one", "yn"}));
    EXPECT_EQ(words_of("  a \t b  "), (Words{"a", "b"}));
    EXPECT_EQ(words_of(""), Words{});
    EXPECT_EQ(words_of("   "), Words{});
}

TEST(Trimmed, TakesWhiteSpaceFromTheEndsOnly) {
    EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
    EXPECT_EQ(trimmed(""), "");
    EXPECT_EQ(trimmed(" \n"), "");
    EXPECT_EQ(trimmed("\xC2\xA0x"), "\xC2\xA0x");  // a no-break space is text
}

TEST(LowerCase, ChangesAsciiLettersOnly) { EXPECT_EQ(lower_case("Ab\xC3\x84 1"), "ab\xC3\x84 1"); }

}  // namespace
}  // namespace bellwether::campaigns
