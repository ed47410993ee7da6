#include "dialer/sip/sip_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "dialer/sip/digest.h"

namespace bellwether::sip {
namespace {

TEST(SipText, TrimsAndComparesWithoutCase) {
    EXPECT_EQ(trimmed(" \ta b\r\n"), "a b");
    EXPECT_EQ(trimmed("  "), "");
    EXPECT_TRUE(equal_ignoring_case("DiGest", "digest"));
    EXPECT_FALSE(equal_ignoring_case("digest", "digests"));
}

TEST(SipText, NothingThatEndsAHeaderIsSafeInOne) {
    EXPECT_TRUE(safe_in_header("a: b; c=\"d\""));
    EXPECT_FALSE(safe_in_header("a\r\nEvil: yes"));
    EXPECT_FALSE(safe_in_header("a\nb"));
    EXPECT_FALSE(safe_in_header(std::string_view{"a\0b", 3}));
}

TEST(SipText, HeaderLinesLeaveOutWhatIsNotAHeader) {
    EXPECT_EQ(
        header_lines({{"X-A", "1"}, {"X B", "2"}, {"", "3"}, {"X-C", "4\r\nEvil: 5"}, {"X-D", ""}}),
        "X-A: 1\r\nX-D: ");
    EXPECT_EQ(header_lines({}), "");
}

TEST(SipText, EscapesWhatAUserPartMayNotHold) {
    EXPECT_EQ(escape_user("+12025550100"), "+12025550100");
    EXPECT_EQ(escape_user("a@b c#"), "a%40b%20c%23");
    EXPECT_EQ(unescape_user("a%40b%2"), "a@b%2");
}

RC_GTEST_PROP(SipTextProperty, EscapedUsersComeBack, (const std::string& user)) {
    RC_ASSERT(unescape_user(escape_user(user)) == user);
    RC_ASSERT(safe_in_header(escape_user(user)));
}

RC_GTEST_PROP(SipTextProperty, HexComesBack, (const std::string& bytes)) {
    RC_ASSERT(hex_decode(hex_encode(bytes)) == bytes);
}

TEST(SipText, OnlyWholeHexIsDecoded) {
    EXPECT_EQ(hex_decode("4A4b"), "JK");
    EXPECT_EQ(hex_decode("4"), std::nullopt);
    EXPECT_EQ(hex_decode("4g"), std::nullopt);
}

TEST(SipText, DestinationsAreDeniedByDefault) {
    const std::vector<std::string> prefixes = {"+1202555", "", "+44161496"};
    EXPECT_TRUE(destination_allowed("+12025550100", prefixes));
    EXPECT_TRUE(destination_allowed("+441614960000", prefixes));
    EXPECT_FALSE(destination_allowed("+19005550100", prefixes));  // the empty prefix allows nothing
    EXPECT_FALSE(destination_allowed("+12025550100", {}));
}

TEST(SipText, AnAccountSecretIsThirtyTwoLowerCaseHexDigits) {
    EXPECT_TRUE(is_md5_hex("0123456789abcdef0123456789abcdef"));
    EXPECT_FALSE(is_md5_hex("0123456789ABCDEF0123456789abcdef"));
    EXPECT_FALSE(is_md5_hex("secret"));
}

}  // namespace
}  // namespace bellwether::sip
