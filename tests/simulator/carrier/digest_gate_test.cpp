#include "simulator/carrier/digest_gate.h"

#include <gtest/gtest.h>

#include <string>

namespace bellwether::carrier {
namespace {

// RFC 2617 section 3.5.
TEST(DigestResponse, MatchesTheExampleOfTheRfc) {
    const DigestFacts facts{.user = "Mufasa",
                            .realm = "testrealm@host.com",
                            .password = "Circle Of Life",
                            .method = "GET",
                            .uri = "/dir/index.html",
                            .nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                            .nonce_count = "00000001",
                            .client_nonce = "0a4f113b",
                            .qop_auth = true};
    EXPECT_EQ(digest_response(facts), "6629fae49393a05397450978507c4ef1");
}

// RFC 2069 errata 749: the example without qop, recomputed.
TEST(DigestResponse, MatchesTheOlderExampleWithoutQop) {
    const DigestFacts facts{.user = "Mufasa",
                            .realm = "testrealm@host.com",
                            .password = "CircleOfLife",
                            .method = "GET",
                            .uri = "/dir/index.html",
                            .nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                            .nonce_count = "",
                            .client_nonce = "",
                            .qop_auth = false};
    EXPECT_EQ(digest_response(facts), "1949323746fe6a43ef61f9606e7febea");
}

/// The nonce out of a challenge.
std::string nonce_of(const std::string& challenge) {
    const std::string mark = "nonce=\"";
    const std::size_t from = challenge.find(mark) + mark.size();
    return challenge.substr(from, challenge.find('"', from) - from);
}

class AnsweredGate : public testing::Test {
protected:
    std::string answer(const std::string& nonce, const std::string& password,
                       const std::string& user = "trunk") {
        const std::string uri = "sip:+12025550100@127.0.0.1:5060";
        const std::string response = digest_response({.user = user,
                                                      .realm = "practice",
                                                      .password = password,
                                                      .method = "INVITE",
                                                      .uri = uri,
                                                      .nonce = nonce,
                                                      .nonce_count = "00000001",
                                                      .client_nonce = "abc",
                                                      .qop_auth = true});
        return "Digest username=\"" + user + "\", realm=\"practice\",nonce=\"" + nonce +
               "\" , uri=\"" + uri + "\", response=\"" + response +
               "\", algorithm=MD5, cnonce=\"abc\", qop=auth, nc=00000001";
    }

    DigestGate gate{{"trunk", "open: \"sesame\"", "practice"}, 1};
};

TEST_F(AnsweredGate, LetsTheRightAnswerThrough) {
    const std::string nonce = nonce_of(gate.challenge());
    EXPECT_TRUE(gate.check(answer(nonce, "open: \"sesame\""), "INVITE"));
}

TEST_F(AnsweredGate, RefusesEverythingElse) {
    const std::string nonce = nonce_of(gate.challenge());
    const std::string right = answer(nonce, "open: \"sesame\"");
    EXPECT_FALSE(gate.check("", "INVITE"));
    EXPECT_FALSE(gate.check("Basic dHJ1bms6b3Blbg==", "INVITE"));
    EXPECT_FALSE(gate.check(right, "BYE"));
    EXPECT_FALSE(gate.check(right.substr(0, right.size() / 2), "INVITE"));
    EXPECT_FALSE(gate.check(answer(nonce, "wrong"), "INVITE"));
    EXPECT_FALSE(gate.check(answer(nonce, "open: \"sesame\"", "other"), "INVITE"));
    EXPECT_FALSE(gate.check(answer("00", "open: \"sesame\""), "INVITE"));
    std::string forged = nonce;
    forged.back() = forged.back() == '0' ? '1' : '0';
    EXPECT_FALSE(gate.check(answer(forged, "open: \"sesame\""), "INVITE"));
}

TEST_F(AnsweredGate, NoncesDiffer) { EXPECT_NE(gate.challenge(), gate.challenge()); }

TEST_F(AnsweredGate, ErrorsDoNotRepeatWhatWasSent) {
    const auto judged = gate.check(answer("00", "secret", "someone"), "INVITE");
    ASSERT_FALSE(judged);
    EXPECT_EQ(judged.error().detail.find("someone"), std::string::npos);
}

}  // namespace
}  // namespace bellwether::carrier
