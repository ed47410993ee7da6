#include "dialer/sip/digest_challenge.h"

#include <gtest/gtest.h>

#include <vector>

namespace bellwether::sip {
namespace {

using Params = std::vector<std::string_view>;

TEST(DigestParam, FindsNamesInAnyCaseAndStripsQuotes) {
    const Params params = {"Realm=\"a b\"", "stale=TRUE", "realm=\"second\"", "broken"};
    EXPECT_EQ(digest_param(params, "realm"), "a b");
    EXPECT_EQ(digest_param(params, "STALE"), "TRUE");
    EXPECT_EQ(digest_param(params, "broken"), std::nullopt);
    EXPECT_EQ(digest_param(params, "nonce"), std::nullopt);
}

TEST(ListHasToken, ComparesWholeTokens) {
    EXPECT_TRUE(list_has_token("auth", "auth"));
    EXPECT_TRUE(list_has_token("auth-int, AUTH", "auth"));
    EXPECT_FALSE(list_has_token("auth-int", "auth"));
    EXPECT_FALSE(list_has_token("", "auth"));
}

TEST(ParseChallenge, ReadsAllThatMatters) {
    const Params params = {"realm=\"r\"",       "nonce=\"n\"",           "opaque=\"o\"",
                           "algorithm=sha-256", "qop=\"auth-int,auth\"", "stale=true"};
    const auto challenge = parse_challenge(params);
    ASSERT_TRUE(challenge);
    EXPECT_EQ(challenge->algorithm, DigestAlgorithm::Sha256);
    EXPECT_FALSE(challenge->session);
    EXPECT_TRUE(challenge->qop_auth);
    EXPECT_TRUE(challenge->stale);
    EXPECT_EQ(challenge->realm, "r");
    EXPECT_EQ(challenge->nonce, "n");
    EXPECT_EQ(challenge->opaque, "o");
}

TEST(ParseChallenge, WithoutAlgorithmMeansMd5AndTheOldForm) {
    const Params params = {"realm=\"r\"", "nonce=\"n\""};
    const auto challenge = parse_challenge(params);
    ASSERT_TRUE(challenge);
    EXPECT_EQ(challenge->algorithm, DigestAlgorithm::Md5);
    EXPECT_FALSE(challenge->qop_auth);
    EXPECT_EQ(challenge->opaque, std::nullopt);
}

struct Unusable {
    const char* name;
    Params params;
};
void PrintTo(const Unusable& row, std::ostream* out) { *out << row.name; }

class UnusableTable : public testing::TestWithParam<Unusable> {};

TEST_P(UnusableTable, IsRefused) { EXPECT_FALSE(parse_challenge(GetParam().params)); }

INSTANTIATE_TEST_SUITE_P(
    Challenges, UnusableTable,
    testing::Values(Unusable{"UnknownAlgorithm",
                             {"realm=\"r\"", "nonce=\"n\"", "algorithm=SHA-512-256"}},
                    Unusable{"IntegrityOnly", {"realm=\"r\"", "nonce=\"n\"", "qop=\"auth-int\""}},
                    Unusable{"NoNonce", {"realm=\"r\""}},
                    Unusable{"EmptyNonce", {"realm=\"r\"", "nonce="}},
                    Unusable{"NoRealm", {"nonce=\"n\""}},
                    Unusable{"NonceWithQuote", {"realm=\"r\"", "nonce=\"a\\\"b\""}},
                    Unusable{"NonceWithLineEnd", {"realm=\"r\"", "nonce=\"a\r\nX: y\""}},
                    Unusable{"OpaqueWithQuote", {"realm=\"r\"", "nonce=\"n\"", "opaque=\"a\"b\""}}),
    [](const auto& row) { return row.param.name; });

TEST(Stronger, PrefersSha256ThenThePlainForm) {
    const DigestChallenge md5{};
    const DigestChallenge md5_session{.session = true};
    const DigestChallenge sha{.algorithm = DigestAlgorithm::Sha256};
    const DigestChallenge sha_session{.algorithm = DigestAlgorithm::Sha256, .session = true};
    EXPECT_TRUE(stronger(sha, md5));
    EXPECT_TRUE(stronger(sha_session, md5));
    EXPECT_TRUE(stronger(sha, sha_session));
    EXPECT_TRUE(stronger(md5, md5_session));
    EXPECT_FALSE(stronger(md5, md5));
    EXPECT_FALSE(stronger(md5, sha));
}

TEST(AlgorithmName, IsWhatStandsInTheHeader) {
    EXPECT_EQ(algorithm_name(DigestAlgorithm::Md5, false), "MD5");
    EXPECT_EQ(algorithm_name(DigestAlgorithm::Sha256, true), "SHA-256-sess");
}

}  // namespace
}  // namespace bellwether::sip
