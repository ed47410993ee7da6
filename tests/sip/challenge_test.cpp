// Digest challenges of the carrier, checked by an independent implementation
// (scripts/reference/digest.py). The rows are those of sip2.md §1.4.

#include "support/python_peer.h"
#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

constexpr const char* kMd5 =
    R"(Digest realm="carrier", nonce="{nonce}", algorithm=MD5, qop="auth")";
constexpr const char* kPlain = R"(Digest realm="carrier", nonce="{nonce}")";
constexpr const char* kSha =
    R"(Digest realm="carrier", nonce="{nonce}", algorithm=SHA-256, qop="auth")";
constexpr const char* kShaOpaque =
    R"(Digest realm="carrier", nonce="{nonce}", algorithm=SHA-256, qop="auth", opaque="o-1")";
constexpr const char* kShaSession =
    R"(Digest realm="carrier", nonce="{nonce}", algorithm=SHA-256-sess, qop="auth")";
constexpr const char* kShaTruncated =
    R"(Digest realm="carrier", nonce="{nonce}", algorithm=SHA-512-256, qop="auth")";
constexpr const char* kShaTwoQops =
    R"(Digest realm="carrier", nonce="{nonce}", algorithm=SHA-256, qop="auth-int,auth")";
constexpr const char* kMd5TwoQops =
    R"(Digest realm="carrier", nonce="{nonce}", algorithm=MD5, qop="auth,auth-int")";
constexpr const char* kShaIntegrityOnly =
    R"(Digest realm="carrier", nonce="{nonce}", algorithm=SHA-256, qop="auth-int")";

struct Challenge {
    const char* name;
    std::vector<const char*> lines;
    const char* algorithm;  // that must be used
    std::vector<std::string> more = {};
};
void PrintTo(const Challenge& row, std::ostream* out) { *out << row.name; }

std::vector<std::string> peer_arguments(const Challenge& row, const char* code) {
    std::vector<std::string> arguments = {"--user",  "dialer", "--password",
                                          "se:cret", "--code", code};
    for (const char* line : row.lines) arguments.insert(arguments.end(), {"--challenge", line});
    arguments.insert(arguments.end(), row.more.begin(), row.more.end());
    return arguments;
}

class AnsweredChallenge : public testing::TestWithParam<std::tuple<Challenge, const char*>> {};

TEST_P(AnsweredChallenge, IsAnsweredWithTheBestAlgorithmForInviteAndBye) {
    const auto& [row, code] = GetParam();
    PythonPeer carrier{"challenging_carrier", peer_arguments(row, code)};
    World world{with_trunk(carrier.port())};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.output();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.output();
    EXPECT_THAT(world.story(), ElementsAre("answered", "ended by us 200"));

    const auto findings = carrier.findings();
    ASSERT_GE(findings.size(), 3U);
    EXPECT_THAT(findings.front(), testing::HasSubstr("challenged"));
    for (std::size_t i = 1; i < findings.size(); ++i) {
        EXPECT_THAT(findings[i], testing::HasSubstr(R"("verdict": "ok")"));
        EXPECT_THAT(findings[i],
                    testing::HasSubstr(std::string{"\"algorithm\": \""} + row.algorithm));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Carrier, AnsweredChallenge,
    testing::Combine(
        testing::Values(Challenge{"Md5", {kMd5}, "MD5"},
                        Challenge{"NoAlgorithmNoQop", {kPlain}, "MD5"},
                        Challenge{"Sha256", {kSha}, "SHA-256"},
                        Challenge{"Sha256Opaque", {kShaOpaque}, "SHA-256"},
                        Challenge{"Sha256ThenMd5", {kSha, kMd5}, "SHA-256"},
                        Challenge{"Md5ThenSha256", {kMd5, kSha}, "SHA-256"},
                        Challenge{"Sha256Session", {kShaSession}, "SHA-256-sess"},
                        Challenge{"UnknownThenMd5", {kShaTruncated, kMd5}, "MD5"},
                        Challenge{"Md5UnknownSha256", {kMd5, kShaTruncated, kSha}, "SHA-256"},
                        Challenge{"AuthIntBeforeAuth", {kShaTwoQops}, "SHA-256"},
                        Challenge{"AuthBeforeAuthInt", {kMd5TwoQops}, "MD5"},
                        Challenge{"Stale", {kMd5, kSha}, "SHA-256", {"--stale", "1"}},
                        Challenge{"NextNonceMd5", {kMd5}, "MD5", {"--nextnonce"}},
                        Challenge{"NextNonceSha256", {kSha, kMd5}, "SHA-256", {"--nextnonce"}}),
        testing::Values("401", "407")),
    [](const auto& row) {
        return std::string{std::get<0>(row.param).name} + std::get<1>(row.param);
    });

class UnusableChallenge : public testing::TestWithParam<Challenge> {};

TEST_P(UnusableChallenge, EndsTheCallWithTheRealStatus) {
    PythonPeer carrier{"challenging_carrier", peer_arguments(GetParam(), "407")};
    World world{with_trunk(carrier.port())};
    world.dial();
    EXPECT_TRUE(world.events.next<Failed>()) << carrier.output();
    EXPECT_THAT(world.story(), ElementsAre("failed AUTH_REFUSED 407"));
    EXPECT_EQ(carrier.findings().size(), 1U) << carrier.output();
}

INSTANTIATE_TEST_SUITE_P(Carrier, UnusableChallenge,
                         testing::Values(Challenge{"UnknownAlgorithm", {kShaTruncated}, ""},
                                         Challenge{"IntegrityOnly", {kShaIntegrityOnly}, ""},
                                         Challenge{"NonceBreaksItsQuotes",
                                                   {R"(Digest realm="carrier", nonce="a\"b")"},
                                                   ""}),
                         [](const auto& row) { return row.param.name; });

TEST(Challenge, WrongPasswordIsTriedOnce) {
    Sipp carrier{"refuses_password"};
    World world{with_trunk(carrier.port())};
    world.dial();
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_EQ(carrier.received("INVITE "), 2);
    EXPECT_THAT(world.story(), ElementsAre("failed AUTH_REFUSED 407"));
}

TEST(Challenge, RealmThatIsNotTheTrunksGetsNoPassword) {
    PythonPeer carrier{"challenging_carrier", peer_arguments({"", {kMd5}, ""}, "401")};
    auto config = with_trunk(carrier.port());
    config.trunks.front().realms = {"another"};
    World world{config};
    world.dial();
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("failed AUTH_REFUSED 401"));
    EXPECT_EQ(carrier.findings().size(), 1U) << carrier.output();
}

TEST(Challenge, TrunkWithoutAUserRefusesToAnswer) {
    PythonPeer carrier{"challenging_carrier", peer_arguments({"", {kMd5}, ""}, "407")};
    auto config = with_trunk(carrier.port());
    config.trunks.front().username.clear();
    World world{config};
    world.dial();
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("failed AUTH_REFUSED 407"));
}

}  // namespace
}  // namespace bellwether::sip_test
