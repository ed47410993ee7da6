#include "dialer/sip/digest.h"

#include <gtest/gtest.h>

#include "dialer/sip/sip_endpoint.h"

namespace bellwether::sip {
namespace {

struct Vector {
    const char* name;
    DigestAlgorithm algorithm;
    const char* realm;
    const char* password;
    DigestInput input;
    const char* response;
};
void PrintTo(const Vector& row, std::ostream* out) { *out << row.name; }

constexpr const char* kNonce7616 = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
constexpr const char* kCnonce7616 = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

class DigestTable : public testing::TestWithParam<Vector> {};

TEST_P(DigestTable, MatchesThePublishedResponse) {
    const auto& row = GetParam();
    const auto ha1 = digest_ha1(row.algorithm, "Mufasa", row.realm, row.password);
    EXPECT_EQ(digest_response(row.algorithm, ha1, row.input), row.response);
}

INSTANTIATE_TEST_SUITE_P(
    Published, DigestTable,
    testing::Values(Vector{"Rfc2617Section35",
                           DigestAlgorithm::Md5,
                           "testrealm@host.com",
                           "Circle Of Life",
                           {.method = "GET",
                            .uri = "/dir/index.html",
                            .nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                            .qop = "auth",
                            .nc = "00000001",
                            .cnonce = "0a4f113b"},
                           "6629fae49393a05397450978507c4ef1"},
                    Vector{"Rfc7616Section391Md5",
                           DigestAlgorithm::Md5,
                           "http-auth@example.org",
                           "Circle of Life",
                           {.method = "GET",
                            .uri = "/dir/index.html",
                            .nonce = kNonce7616,
                            .qop = "auth",
                            .nc = "00000001",
                            .cnonce = kCnonce7616},
                           "8ca523f5e9506fed4657c9700eebdbec"},
                    Vector{"Rfc7616Section391Sha256",
                           DigestAlgorithm::Sha256,
                           "http-auth@example.org",
                           "Circle of Life",
                           {.method = "GET",
                            .uri = "/dir/index.html",
                            .nonce = kNonce7616,
                            .qop = "auth",
                            .nc = "00000001",
                            .cnonce = kCnonce7616},
                           "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"},
                    // scripts/reference/digest.py, RFC 2617's values without qop
                    Vector{"WithoutQop",
                           DigestAlgorithm::Md5,
                           "testrealm@host.com",
                           "Circle Of Life",
                           {.method = "GET",
                            .uri = "/dir/index.html",
                            .nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                            .qop = "",
                            .nc = "",
                            .cnonce = ""},
                           "670fd8c2df070c60b045671b8b24ff02"}),
    [](const auto& row) { return row.param.name; });

// Expected values: scripts/reference/digest.py.
TEST(Digest, SessionSecretIsHashedWithTheNonces) {
    const DigestInput input{.method = "GET",
                            .uri = "/dir/index.html",
                            .nonce = "n0",
                            .qop = "auth",
                            .nc = "00000002",
                            .cnonce = "c0"};
    const auto respond = [&](DigestAlgorithm algorithm) {
        const auto ha1 = digest_ha1(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life");
        return digest_response(algorithm, digest_session_ha1(algorithm, ha1, "n0", "c0"), input);
    };
    EXPECT_EQ(respond(DigestAlgorithm::Md5), "5a5ff7644e0e63dcffc7533f9cc2819e");
    EXPECT_EQ(respond(DigestAlgorithm::Sha256),
              "a1d8af037c4e988c863598306035e2ebec76d0a5388bedb6ca82ba31d9e31a69");
}

TEST(Digest, AccountSecretIsTheMd5OfUserRealmAndPassword) {
    EXPECT_EQ(ha1_md5("agent1", "bellwether", "right"),
              "6fa0e1bc65d9cbc3251a33d986c44e90");  // scripts/reference/digest.py ha1
}

TEST(Digest, HmacMatchesRfc4231Case2) {
    EXPECT_EQ(hmac_hex("Jefe", "what do ya want for nothing?"),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Digest, ComparisonLooksAtEveryByte) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

TEST(Digest, RandomTextIsLongEnoughAndNew) {
    EXPECT_EQ(random_hex(16).size(), 32U);
    EXPECT_NE(random_hex(16), random_hex(16));
}

}  // namespace
}  // namespace bellwether::sip
