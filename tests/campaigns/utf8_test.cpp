#include "campaigns/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace bellwether::campaigns {
namespace {

TEST(Utf8, AcceptsWellFormedText) {
    EXPECT_FALSE(first_invalid_utf8("").has_value());
    EXPECT_FALSE(first_invalid_utf8("plain").has_value());
    EXPECT_FALSE(first_invalid_utf8("J\xC3\xB8rgen").has_value());
    EXPECT_FALSE(first_invalid_utf8(std::string_view{"\0", 1}).has_value());
    // The first and last of each length (RFC 3629 §3).
    for (const char* text : {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
                             "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_FALSE(first_invalid_utf8(text).has_value());
    }
}

TEST(Utf8, NamesTheFirstByteThatIsNot) {
    EXPECT_EQ(first_invalid_utf8("J\xF8rgen"), 1U);         // Latin-1
    EXPECT_EQ(first_invalid_utf8("abc\x80"), 3U);           // a continuation alone
    EXPECT_EQ(first_invalid_utf8("abc\xC3"), 3U);           // cut short
    EXPECT_EQ(first_invalid_utf8("\xC0\xAF"), 0U);          // overlong (RFC 3629 §10)
    EXPECT_EQ(first_invalid_utf8("\xE0\x80\x80"), 0U);      // overlong
    EXPECT_EQ(first_invalid_utf8("\xED\xA0\x80"), 0U);      // a surrogate
    EXPECT_EQ(first_invalid_utf8("\xF4\x90\x80\x80"), 0U);  // above U+10FFFF
    EXPECT_EQ(first_invalid_utf8("\xFF\xFE"
                                 "a"),
              0U);  // UTF-16
}

}  // namespace
}  // namespace bellwether::campaigns
