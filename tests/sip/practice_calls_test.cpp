// Two endpoints of ours: the practice world calls and is called.

#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

EndpointConfig practice() {
    EndpointConfig config;
    config.accept_calls = true;
    return config;
}

struct PracticeCall : testing::Test {
    World caller{practice()};
    World callee{practice()};

    IncomingCall call() {
        caller.endpoint->invite(UriInvite{
            .call = kCall,
            .uri = "sip:+12025550123@127.0.0.1:" + std::to_string(callee.endpoint->port()),
            .from_user = "someone",
            .sdp = audio_sdp(),
            .headers = {{"X-Bellwether-Attempt", "5"}, {"X-Other", "hidden"}}});
        auto incoming = callee.events.next<IncomingCall>();
        EXPECT_TRUE(incoming);
        return incoming.value_or(IncomingCall{});
    }
};

TEST_F(PracticeCall, TellsTheTakerWhoCallsAndHow) {
    const auto incoming = call();
    EXPECT_EQ(incoming.to_user, "+12025550123");
    EXPECT_EQ(incoming.from_user, "someone");
    EXPECT_FALSE(incoming.sip_call_id.empty());
    EXPECT_TRUE(incoming.proxy_authorization.empty());
    EXPECT_THAT(incoming.headers, ElementsAre(testing::Pair("X-Bellwether-Attempt", "5")));
}

TEST_F(PracticeCall, EarlyMediaAnswerAndEnd) {
    const auto incoming = call();
    callee.endpoint->early_media(incoming.call, audio_sdp(40010));
    const auto early = caller.events.next<EarlyMedia>();
    ASSERT_TRUE(early);
    EXPECT_THAT(early->sdp, testing::HasSubstr("m=audio 40010"));
    callee.endpoint->answer(incoming.call, audio_sdp(40012));
    ASSERT_TRUE(caller.events.next<Answered>());
    caller.endpoint->hang_up(kCall);
    ASSERT_TRUE(caller.events.next<Ended>());
    ASSERT_TRUE(callee.events.next<Ended>());
    EXPECT_THAT(caller.story(), ElementsAre("early media", "answered", "ended by us 200"));
    EXPECT_THAT(callee.story(incoming.call), ElementsAre("incoming", "ended by peer 200"));
}

TEST_F(PracticeCall, RefusalCarriesStatusAndHeaders) {
    const auto incoming = call();
    callee.endpoint->reject(incoming.call, 503, {{"Retry-After", "7"}});
    ASSERT_TRUE(caller.events.next<Failed>());
    ASSERT_TRUE(callee.events.next<Ended>());
    EXPECT_THAT(caller.story(), ElementsAre("failed SIP_STATUS 503 retry-after 7"));
    EXPECT_THAT(callee.story(incoming.call), ElementsAre("incoming", "ended by us 503"));
}

TEST_F(PracticeCall, CallerWhoGivesUpCancels) {
    const auto incoming = call();
    callee.endpoint->ring(incoming.call);
    ASSERT_TRUE(caller.events.next<Ringing>());
    caller.endpoint->hang_up(kCall);
    ASSERT_TRUE(callee.events.next<IncomingCancelled>());
    ASSERT_TRUE(caller.events.next<Failed>());
    callee.endpoint->answer(incoming.call, audio_sdp());  // too late, and harmless
    EXPECT_THAT(caller.story(), ElementsAre("ringing", "failed SIP_STATUS 487"));
    EXPECT_THAT(callee.story(incoming.call), ElementsAre("incoming", "incoming cancelled"));
}

TEST_F(PracticeCall, TakerWhoHangsUpBeforeAnsweringRefuses) {
    const auto incoming = call();
    callee.endpoint->hang_up(incoming.call);
    ASSERT_TRUE(caller.events.next<Failed>());
    EXPECT_THAT(caller.story(), ElementsAre("failed SIP_STATUS 480"));
    EXPECT_THAT(callee.story(incoming.call), ElementsAre("incoming", "ended by us 480"));
}

TEST_F(PracticeCall, ChallengeOfTheTakerReachesItAgainAsANewCall) {
    auto config = with_trunk(callee.endpoint->port());
    World dialer{config};
    dialer.dial();
    const auto first = callee.events.next<IncomingCall>();
    ASSERT_TRUE(first);
    callee.endpoint->reject(
        first->call, 407,
        {{"Proxy-Authenticate", R"(Digest realm="c", nonce="n1", algorithm=MD5)"},
         {"Proxy-Authenticate", R"(Digest realm="c", nonce="n2", algorithm=SHA-256)"}});
    const auto second = callee.events.next<IncomingCall>();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->sip_call_id, first->sip_call_id);
    EXPECT_NE(second->call, first->call);
    EXPECT_THAT(second->proxy_authorization, testing::StartsWith("Digest "));
    EXPECT_THAT(second->proxy_authorization, testing::HasSubstr("algorithm=SHA-256"));
    callee.endpoint->reject(second->call, 486);
    ASSERT_TRUE(dialer.events.next<Failed>());
    EXPECT_THAT(dialer.story(), ElementsAre("failed SIP_STATUS 486"));
    EXPECT_THAT(callee.story(first->call), ElementsAre("incoming", "ended by us 407"));
}

TEST_F(PracticeCall, UriThatIsNotPlainSipIsRefused) {
    int id = 20;
    for (const char* uri :
         {"tel:+12025550123", "sip:", "sip:a@b\r\nX: y", "sip:a@127.0.0.1?Replaces=x", ""}) {
        caller.endpoint->invite(UriInvite{.call = CallId{static_cast<std::uint64_t>(id++)},
                                          .uri = uri,
                                          .from_user = "a",
                                          .sdp = audio_sdp(),
                                          .headers = {}});
        const auto failed = caller.events.next<Failed>();
        ASSERT_TRUE(failed) << uri;
        EXPECT_EQ(failed->kind, FailureKind::LocalError) << uri;
    }
}

TEST_F(PracticeCall, ManyCallsAtOnceAllEnd) {
    constexpr std::uint64_t kCalls = 200;
    for (std::uint64_t i = 1; i <= kCalls; ++i) {
        caller.endpoint->invite(
            UriInvite{.call = CallId{i},
                      .uri = "sip:x@127.0.0.1:" + std::to_string(callee.endpoint->port()),
                      .from_user = "a",
                      .sdp = audio_sdp(),
                      .headers = {}});
    }
    for (std::uint64_t i = 1; i <= kCalls; ++i) {
        const auto incoming = callee.events.next<IncomingCall>();
        ASSERT_TRUE(incoming) << i;
        callee.endpoint->answer(incoming->call, audio_sdp());
    }
    for (std::uint64_t i = 1; i <= kCalls; ++i) ASSERT_TRUE(caller.events.next<Answered>()) << i;
    for (std::uint64_t i = 1; i <= kCalls; ++i) caller.endpoint->hang_up(CallId{i});
    for (std::uint64_t i = 1; i <= kCalls; ++i) ASSERT_TRUE(caller.events.next<Ended>()) << i;
    for (std::uint64_t i = 1; i <= kCalls; ++i) {
        EXPECT_THAT(caller.events.story(CallId{i}), ElementsAre("answered", "ended by us 200"));
    }
}

}  // namespace
}  // namespace bellwether::sip_test
