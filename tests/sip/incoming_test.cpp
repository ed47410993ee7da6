// Calls that come in through a trunk to a number of ours, and what keeps everybody else out.

#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

constexpr const char* kOurs = "+12025550100";

/// Its trunk is 127.0.0.1, where SIPp calls from.
EndpointConfig with_number() {
    auto config = with_trunk(free_port());
    config.accept_numbers = {kOurs};
    return config;
}

TEST(Incoming, ACallToOurNumberIsTakenAndEndsLikeAnyOther) {
    World world{with_number()};
    Sipp caller{"calls_back", world.endpoint->port(), Sipp::Keys{{"who", "12025550100"}}};
    const auto call = world.events.next<IncomingCall>();
    ASSERT_TRUE(call) << caller.why();
    EXPECT_GE(call->call, kFirstIncomingCall);
    EXPECT_EQ(call->trunk, "carrier");
    EXPECT_EQ(call->to_user, "+12025550100");
    EXPECT_EQ(call->asserted_user, "+12025550123");
    EXPECT_TRUE(call->anonymous);
    EXPECT_THAT(call->sdp, testing::HasSubstr("m=audio"));
    world.endpoint->ring(call->call);
    world.endpoint->answer(call->call, audio_sdp());
    EXPECT_TRUE(caller.passed()) << caller.why();
    const auto ended = world.events.next<Ended>();
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->trunk, "carrier");
    EXPECT_EQ(ended->reason.q850_cause, 16);
    EXPECT_THAT(world.story(call->call), ElementsAre("incoming", "ended by peer 200"));
    EXPECT_EQ(world.endpoint->counters().invites_sent, 0U);
}

TEST(Incoming, NumbersAreSetAtRunTime) {
    auto config = with_number();
    config.accept_numbers.clear();
    World world{config};
    Sipp refused{"stranger_calls", world.endpoint->port(), Sipp::Keys{{"who", kOurs}}};
    EXPECT_TRUE(refused.passed()) << refused.why();
    world.endpoint->set_incoming_numbers({kOurs});
    Sipp caller{"calls_back", world.endpoint->port(), Sipp::Keys{{"who", kOurs}}};
    const auto call = world.events.next<IncomingCall>();
    ASSERT_TRUE(call) << caller.why();
    world.endpoint->answer(call->call, audio_sdp());
    EXPECT_TRUE(caller.passed()) << caller.why();
}

TEST(Incoming, OtherNumbersAndOtherSourcesAreForbidden) {
    World world{with_number()};
    Sipp other{"stranger_calls", world.endpoint->port(), Sipp::Keys{{"who", "+12025550101"}}};
    EXPECT_TRUE(other.passed()) << other.why();
    auto elsewhere = with_number();
    elsewhere.trunks[0].host = "192.0.2.1";
    World far{elsewhere};
    Sipp stranger{"stranger_calls", far.endpoint->port(), Sipp::Keys{{"who", kOurs}}};
    EXPECT_TRUE(stranger.passed()) << stranger.why();
    EXPECT_FALSE(world.events.next<IncomingCall>(50ms));
    EXPECT_FALSE(far.events.next<IncomingCall>(50ms));
    EXPECT_EQ(world.endpoint->counters().invites_refused, 1U);
    EXPECT_EQ(far.endpoint->counters().invites_refused, 1U);
}

TEST(Incoming, FurtherAddressesOfATrunkMayBeNamed) {
    auto config = with_number();
    config.trunks[0].host = "192.0.2.1";
    config.trunks[0].incoming_from = {"127.0.0.0/30"};
    World world{config};
    Sipp caller{"calls_back", world.endpoint->port(), Sipp::Keys{{"who", kOurs}}};
    const auto call = world.events.next<IncomingCall>();
    ASSERT_TRUE(call) << caller.why();
    world.endpoint->answer(call->call, audio_sdp());
    EXPECT_TRUE(caller.passed()) << caller.why();
}

TEST(Incoming, MoreCallsThanWeTakeHearBusyAndPlacesComeBack) {
    auto config = with_number();
    config.incoming_calls_max = 1;
    World world{config};
    Sipp first{"calls_back", world.endpoint->port(), Sipp::Keys{{"who", kOurs}}};
    const auto call = world.events.next<IncomingCall>();
    ASSERT_TRUE(call) << first.why();
    Sipp second{"is_turned_away", world.endpoint->port(),
                Sipp::Options{.keys = {{"who", kOurs}}, .status = "486"}};
    EXPECT_TRUE(second.passed()) << second.why();
    EXPECT_EQ(world.endpoint->counters().incoming_limited, 1U);
    world.endpoint->answer(call->call, audio_sdp());
    EXPECT_TRUE(first.passed()) << first.why();
    ASSERT_TRUE(world.events.next<Ended>());
    Sipp third{"calls_back", world.endpoint->port(), Sipp::Keys{{"who", kOurs}}};
    const auto again = world.events.next<IncomingCall>();
    ASSERT_TRUE(again) << third.why();
    world.endpoint->answer(again->call, audio_sdp());
    EXPECT_TRUE(third.passed()) << third.why();
}

TEST(Incoming, ATrunksCallsOverTcpComeInToo) {
    auto config = with_number();
    config.trunks[0].transport = Transport::Tcp;
    World world{config};
    Sipp caller{"calls_back", world.endpoint->port(),
                Sipp::Options{.transport = "t1", .keys = {{"who", kOurs}}}};
    const auto call = world.events.next<IncomingCall>();
    ASSERT_TRUE(call) << caller.why();
    world.endpoint->answer(call->call, audio_sdp());
    EXPECT_TRUE(caller.passed()) << caller.why();
}

}  // namespace
}  // namespace bellwether::sip_test
