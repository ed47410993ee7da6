#include "dialer/sip/digest_client.h"

#include <gtest/gtest.h>

namespace bellwether::sip {
namespace {

// What it then does on the wire: tests/sip/challenge_test.cpp.
TEST(DigestClient, PassesItsSelfTestAndMayBeAskedAgain) {
    EXPECT_TRUE(install_digest_client());
    EXPECT_TRUE(install_digest_client());
}

TEST(DigestClient, CredentialsSurviveTheSeparatorOfTheLibrary) {
    EXPECT_EQ(digest_credentials("\"r\"", "a:b", ":"), "Digest:\"r\":613a62:3a");
}

}  // namespace
}  // namespace bellwether::sip
