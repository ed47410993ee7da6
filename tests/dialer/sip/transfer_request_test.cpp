// URIs of RFC 3261 §19.1.3 and RFC 3966 §3; Replaces as RFC 3891 §6.1 and RFC 5589 §7.1 show it.

#include "dialer/sip/transfer_request.h"

#include <gtest/gtest.h>

namespace bellwether::sip {
namespace {

TEST(UriUser, IsFoundInAnyFormOfAHeader) {
    EXPECT_EQ(uri_user("sip:alice@atlanta.com"), "alice");
    EXPECT_EQ(uri_user("\"A <B>\" <sip:+12025550123@192.0.2.1;user=phone>"), "+12025550123");
    EXPECT_EQ(uri_user("<sips:alice:secretword@atlanta.com;transport=tcp>"), "alice:secretword");
    EXPECT_EQ(uri_user("<sip:+12125551212;ext=1@gw.example>"), "+12125551212");
    EXPECT_EQ(uri_user("<sip:j%40s0n@example.com>"), "j@s0n");
    EXPECT_EQ(uri_user("<tel:+1-201-555-0123;phone-context=x>"), "+1-201-555-0123");
    EXPECT_EQ(uri_user("TEL:+12015550123"), "+12015550123");
}

TEST(UriUser, IsEmptyWhereThereIsNone) {
    for (const char* text : {"", "sip:", "sip:atlanta.com", "<sip:atlanta.com>", "mailto:a@b",
                             "a@b", "<", "<>", "tel:", ":@"}) {
        EXPECT_EQ(uri_user(text), "") << text;
    }
}

TEST(ReplacedCallId, IsTakenFromTheEscapedHeader) {
    EXPECT_EQ(replaced_call_id("Replaces=090459243588173445%3Bto-tag%3D7553452%3Bfrom-tag%3D31431"),
              "090459243588173445");
    EXPECT_EQ(replaced_call_id("Subject=x&replaces=a%40b%3Bto-tag%3D1"), "a@b");
    EXPECT_EQ(replaced_call_id("Replaces=only"), "only");
}

TEST(ReplacedCallId, IsAbsentOtherwise) {
    for (const char* text :
         {"", "Replaces", "Replaces=", "Replaces=%3Bto-tag%3D1", "Subject=Replaces", "&&&", "="}) {
        EXPECT_FALSE(replaced_call_id(text)) << text;
    }
}

}  // namespace
}  // namespace bellwether::sip
