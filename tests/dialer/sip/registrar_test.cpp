// The registrar's book. Proofs are made with scripts/reference's arithmetic in
// tests/sip/registrar_probe.py; here they come from digest.h, which digest_test.cpp ties to the
// RFCs.

#include "dialer/sip/registrar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>

#include "dialer/sip/digest.h"

namespace bellwether::sip {
namespace {

using namespace std::chrono_literals;

struct RegistrarTest : testing::Test {
    std::vector<Event> events;
    Registrar registrar{{.realm = "r", .expires_min = 10s, .expires_max = 300s, .key = "key"},
                        [this](Event event) { events.push_back(std::move(event)); }};
    Elapsed now{5'000};

    void SetUp() override { registrar.set_accounts({{"ann", ha1_md5("ann", "r", "pw")}}); }

    RegisterRequest plain(const std::string& user = "ann") {
        RegisterRequest request;
        request.user = user;
        request.source_ip = "192.0.2.1";
        request.contact_uri = "sip:ann-1@192.0.2.1:5070";
        request.next_hop = "sip:192.0.2.1:5070";
        return request;
    }

    std::string fresh_nonce(const std::string& user = "ann") {
        const auto reply = registrar.handle(plain(user), now);
        const std::string start = "nonce=\"";
        const auto at = reply.www_authenticate.find(start);
        if (at == std::string::npos) return {};
        return reply.www_authenticate.substr(at + start.size(), 64);
    }

    RegisterRequest proven(const std::string& nonce, const std::string& password = "pw",
                           unsigned nc = 1) {
        auto request = plain();
        char count[9];
        std::snprintf(count, sizeof count, "%08x", nc);
        DigestCredentials digest{.username = "ann",
                                 .realm = "r",
                                 .nonce = nonce,
                                 .uri = "sip:r",
                                 .response = {},
                                 .algorithm = "MD5",
                                 .qop = "auth",
                                 .nc = count,
                                 .cnonce = "c",
                                 .uri_is_request_uri = true};
        digest.response = digest_response(DigestAlgorithm::Md5, ha1_md5("ann", "r", password),
                                          {.method = "REGISTER",
                                           .uri = digest.uri,
                                           .nonce = nonce,
                                           .qop = "auth",
                                           .nc = digest.nc,
                                           .cnonce = "c"});
        request.credentials = digest;
        return request;
    }

    int status(const RegisterRequest& request) { return registrar.handle(request, now).status; }

    template <class E>
    std::vector<E> seen() const {
        std::vector<E> found;
        for (const auto& event : events) {
            if (const auto* each = std::get_if<E>(&event)) found.push_back(*each);
        }
        return found;
    }
};

TEST_F(RegistrarTest, RegistersRefreshesAndTellsOnce) {
    const auto nonce = fresh_nonce();
    const auto reply = registrar.handle(proven(nonce), now);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.contact, "<sip:ann-1@192.0.2.1:5070>;expires=300");
    EXPECT_EQ(status(proven(nonce, "pw", 2)), 200);
    ASSERT_EQ(seen<PhoneRegistered>().size(), 1U);
    EXPECT_EQ(seen<PhoneRegistered>()[0].expires, 300s);
    ASSERT_NE(registrar.find("ann"), nullptr);
    EXPECT_EQ(registrar.find("ann")->next_hop, "sip:192.0.2.1:5070");
}

TEST_F(RegistrarTest, ANewContactIsNews) {
    const auto nonce = fresh_nonce();
    EXPECT_EQ(status(proven(nonce)), 200);
    auto moved = proven(nonce, "pw", 2);
    moved.contact_uri = "sip:ann-2@192.0.2.1:5072";
    EXPECT_EQ(status(moved), 200);
    EXPECT_EQ(seen<PhoneRegistered>().size(), 2U);
    EXPECT_EQ(registrar.find("ann")->contact_uri, "sip:ann-2@192.0.2.1:5072");
}

TEST_F(RegistrarTest, ExpiresExactlyWhenItSaid) {
    auto request = proven(fresh_nonce());
    request.expires = 30;
    EXPECT_EQ(status(request), 200);
    registrar.expire(now + 30s - 1ms);
    EXPECT_THAT(registrar.users(), testing::ElementsAre("ann"));
    registrar.expire(now + 30s);
    EXPECT_THAT(registrar.users(), testing::IsEmpty());
    ASSERT_EQ(seen<PhoneLost>().size(), 1U);
    EXPECT_EQ(seen<PhoneLost>()[0].reason, PhoneLostReason::Expired);
}

TEST_F(RegistrarTest, TooShortAWishIsNamedTheMinimum) {
    auto request = proven(fresh_nonce());
    request.expires = 5;
    const auto reply = registrar.handle(request, now);
    EXPECT_EQ(reply.status, 423);
    EXPECT_EQ(reply.min_expires, 10);
    EXPECT_EQ(registrar.find("ann"), nullptr);
}

TEST_F(RegistrarTest, WrongPasswordIsChallengedTwiceThenLocked) {
    const auto nonce = fresh_nonce();
    EXPECT_EQ(status(proven(nonce, "wrong", 1)), 401);
    EXPECT_EQ(status(proven(nonce, "wrong", 2)), 401);
    EXPECT_EQ(status(proven(nonce, "wrong", 3)), 403);
    EXPECT_EQ(status(proven(nonce, "pw", 4)), 403);
    ASSERT_EQ(seen<RegisterRefused>().size(), 4U);
    EXPECT_EQ(seen<RegisterRefused>()[2].reason, RegisterRefusal::BadCredentials);
    EXPECT_EQ(seen<RegisterRefused>()[3].reason, RegisterRefusal::Locked);
    now += kLoginLock;
    EXPECT_EQ(status(proven(fresh_nonce(), "pw", 1)), 200);
}

struct Forgery {
    const char* name;
    std::function<void(RegisterRequest&)> change;
};
void PrintTo(const Forgery& row, std::ostream* out) { *out << row.name; }

struct ForgeryTable : RegistrarTest, testing::WithParamInterface<Forgery> {};

TEST_P(ForgeryTable, IsRefusedAndCounted) {
    auto request = proven(fresh_nonce());
    GetParam().change(request);
    EXPECT_EQ(status(request), 401);
    ASSERT_EQ(seen<RegisterRefused>().size(), 1U);
    EXPECT_EQ(seen<RegisterRefused>()[0].reason, RegisterRefusal::BadCredentials);
    EXPECT_THAT(registrar.users(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Requests, ForgeryTable,
    testing::Values(
        Forgery{"AnotherUri", [](auto& r) { r.credentials->uri_is_request_uri = false; }},
        Forgery{"AnotherRealm", [](auto& r) { r.credentials->realm = "other"; }},
        Forgery{"AnotherUser", [](auto& r) { r.credentials->username = "bob"; }},
        Forgery{"UnknownAccount", [](auto& r) { r.user = "bob"; }},
        Forgery{"AnotherAlgorithm", [](auto& r) { r.credentials->algorithm = "SHA-256"; }},
        Forgery{"CountOfZero", [](auto& r) { r.credentials->nc = "00000000"; }},
        Forgery{"CountThatIsNone", [](auto& r) { r.credentials->nc = "zzzzzzzz"; }},
        Forgery{"NoResponse", [](auto& r) { r.credentials->response.clear(); }}),
    [](const auto& row) { return row.param.name; });

TEST_F(RegistrarTest, AReplayIsStaleAndNoFailure) {
    const auto nonce = fresh_nonce();
    EXPECT_EQ(status(proven(nonce)), 200);
    const auto reply = registrar.handle(proven(nonce), now);
    EXPECT_EQ(reply.status, 401);
    EXPECT_THAT(reply.www_authenticate, testing::HasSubstr("stale=true"));
    EXPECT_TRUE(seen<RegisterRefused>().empty());
}

TEST_F(RegistrarTest, ANonceServesOneAddressOnly) {
    auto request = proven(fresh_nonce());
    request.source_ip = "192.0.2.9";
    EXPECT_EQ(status(request), 401);
    EXPECT_THAT(registrar.users(), testing::IsEmpty());
}

TEST_F(RegistrarTest, UnregistersWithStarOrZero) {
    const auto nonce = fresh_nonce();
    EXPECT_EQ(status(proven(nonce)), 200);
    auto leave = proven(nonce, "pw", 2);
    leave.contact_uri.clear();
    leave.all_contacts = true;
    EXPECT_EQ(status(leave), 400);  // "*" needs Expires: 0
    leave = proven(nonce, "pw", 3);
    leave.contact_uri.clear();
    leave.all_contacts = true;
    leave.expires = 0;
    EXPECT_EQ(status(leave), 200);
    ASSERT_EQ(seen<PhoneLost>().size(), 1U);
    EXPECT_EQ(seen<PhoneLost>()[0].reason, PhoneLostReason::Unregistered);
}

TEST_F(RegistrarTest, AChangedPasswordLosesThePhoneAndAnUnchangedOneDoesNot) {
    EXPECT_EQ(status(proven(fresh_nonce())), 200);
    registrar.set_accounts({{"ann", ha1_md5("ann", "r", "pw")}, {"bob", ha1_md5("bob", "r", "x")}});
    EXPECT_THAT(registrar.users(), testing::ElementsAre("ann"));
    registrar.set_accounts({{"ann", ha1_md5("ann", "r", "new")}});
    EXPECT_THAT(registrar.users(), testing::IsEmpty());
}

TEST_F(RegistrarTest, ARequestWithoutUserIsMalformed) {
    EXPECT_EQ(status(plain("")), 400);
    ASSERT_EQ(seen<RegisterRefused>().size(), 1U);
    EXPECT_EQ(seen<RegisterRefused>()[0].reason, RegisterRefusal::Malformed);
}

}  // namespace
}  // namespace bellwether::sip
