// What becomes of a call through the trunk; SIPp plays the carrier.

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

TEST(CallOutcome, ReportsRingingAnswerAndOurEnd) {
    Sipp carrier{"answers"};
    World world{with_trunk(carrier.port())};
    world.dial();

    const auto answered = world.events.next<Answered>();
    ASSERT_TRUE(answered) << carrier.why();
    EXPECT_THAT(answered->sdp, testing::HasSubstr("a=rtpmap:0 PCMU/8000"));
    world.endpoint->hang_up(kCall, {.reason = "SIP;cause=200;text=\"done\""});

    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_THAT(world.story(), ElementsAre("ringing", "answered", "ended by us 200"));
    EXPECT_THAT(carrier.messages(), testing::HasSubstr("INVITE sip:+12025550123@127.0.0.1:"));
    EXPECT_THAT(carrier.messages(), testing::HasSubstr("Reason: SIP;cause=200;text=\"done\""));
    EXPECT_EQ(world.endpoint->counters().invites_sent, 1U);
}

TEST(CallOutcome, ReportsThePeersHangUp) {
    Sipp carrier{"answers_and_hangs_up"};
    World world{with_trunk(carrier.port())};
    world.dial();
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_TRUE(world.events.next<Ended>());
    EXPECT_THAT(world.story(), ElementsAre("answered", "ended by peer 200"));
}

TEST(CallOutcome, SendsTheExtraHeadersAndTheCallerId) {
    Sipp carrier{"answers"};
    World world{with_trunk(carrier.port())};
    world.endpoint->invite(TrunkInvite{.call = kCall,
                                       .number = *PhoneNumber::parse(kNumber),
                                       .caller_id = "+12025550100",
                                       .sdp = audio_sdp(),
                                       .headers = {{"X-Bellwether-Attempt", "41"},
                                                   {"X-Bad", "a\r\nEvil: yes"},
                                                   {"X-Bellwether-Campaign", "9"}}});
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_THAT(carrier.messages(), testing::HasSubstr("X-Bellwether-Attempt: 41\r\n"));
    EXPECT_THAT(carrier.messages(), testing::HasSubstr("X-Bellwether-Campaign: 9\r\n"));
    EXPECT_THAT(carrier.messages(), testing::HasSubstr("From: <sip:+12025550100@127.0.0.1>"));
    EXPECT_THAT(carrier.messages(), testing::Not(testing::HasSubstr("Evil")));
}

struct Refusal {
    const char* name;
    const char* scenario;
    int status;
    const char* phrase;
};
void PrintTo(const Refusal& row, std::ostream* out) { *out << row.name; }

class RefusalTable : public testing::TestWithParam<Refusal> {};

TEST_P(RefusalTable, IsReportedOnceWithItsStatus) {
    Sipp carrier{GetParam().scenario};
    World world{with_trunk(carrier.port())};
    world.dial();

    const auto failed = world.events.next<Failed>();
    ASSERT_TRUE(failed) << carrier.why();
    EXPECT_EQ(failed->phrase, GetParam().phrase);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_EQ(carrier.received("INVITE "), 1);
    EXPECT_THAT(world.story(),
                ElementsAre("failed SIP_STATUS " + std::to_string(GetParam().status)));
}

INSTANTIATE_TEST_SUITE_P(
    Carrier, RefusalTable,
    testing::Values(Refusal{"Busy", "busy", 486, "Busy Here"},
                    Refusal{"NoSuchNumber", "not_found", 404, "Not Found"},
                    Refusal{"Unavailable", "unavailable", 480, "Temporarily Unavailable"},
                    Refusal{"NoCapacity", "no_capacity", 503, "Service Unavailable"},
                    Refusal{"Declined", "declines", 603, "Decline"}),
    [](const auto& row) { return row.param.name; });

// The stack would try again by itself, unseen: sip.md §4.1.
TEST(CallOutcome, RetryAfterIsReportedAndNotObeyedBehindOurBack) {
    Sipp carrier{"no_capacity_retry_after"};
    World world{with_trunk(carrier.port())};
    world.dial();
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_EQ(carrier.received("INVITE "), 1);
    EXPECT_THAT(world.story(), ElementsAre("failed SIP_STATUS 503 retry-after 1"));
}

TEST(CallOutcome, RedirectIsReportedAndNotFollowed) {
    Sipp carrier{"redirects"};
    World world{with_trunk(carrier.port())};
    world.dial();
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_EQ(carrier.received("INVITE "), 1);
    EXPECT_THAT(world.story(), ElementsAre("failed REDIRECTED 302"));
}

TEST(CallOutcome, ClosedPortIsUnreachableAtOnce) {
    World world{with_trunk(free_port())};
    world.dial();
    EXPECT_TRUE(world.events.next<Failed>(3s));
    EXPECT_THAT(world.story(), ElementsAre("failed UNREACHABLE 0"));
}

TEST(CallOutcome, SilentTrunkIsUnreachableAfterTimerB) {
    const int silent = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ASSERT_EQ(bind(silent, reinterpret_cast<sockaddr*>(&address), size), 0);
    ASSERT_EQ(getsockname(silent, reinterpret_cast<sockaddr*>(&address), &size), 0);
    auto config = with_trunk(ntohs(address.sin_port));
    config.silence_max = 1s;

    World world{config};
    world.dial();
    world.dial(CallId{8});
    world.endpoint->hang_up(CallId{8});  // CANCEL must wait for a 1xx that never comes
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("failed UNREACHABLE 0"));
    EXPECT_THAT(world.story(CallId{8}), ElementsAre("failed UNREACHABLE 0"));
    close(silent);
}

TEST(CallOutcome, ANumberOutsideTheAllowedPrefixesIsNeverDialed) {
    World world{with_trunk(free_port())};
    world.endpoint->invite(TrunkInvite{.call = kCall,
                                       .number = *PhoneNumber::parse("+19005550123"),
                                       .caller_id = "",
                                       .sdp = audio_sdp(),
                                       .headers = {}});
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("failed DESTINATION_DENIED 0"));
    EXPECT_EQ(world.endpoint->counters().invites_sent, 0U);
}

TEST(CallOutcome, NothingMayBeDialedWithoutPrefixes) {
    auto config = with_trunk(free_port());
    config.trunks.front().allowed_prefixes.clear();
    World world{config};
    world.dial();
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("failed DESTINATION_DENIED 0"));
}

TEST(CallOutcome, FreeAddressesBelongToThePracticeWorld) {
    World world;
    world.endpoint->invite(UriInvite{.call = kCall,
                                     .uri = "sip:x@127.0.0.1:9",
                                     .from_user = "a",
                                     .sdp = audio_sdp(),
                                     .headers = {}});
    world.dial(CallId{8});
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("failed DESTINATION_DENIED 0"));
    EXPECT_THAT(world.story(CallId{8}), ElementsAre("failed LOCAL_ERROR 0"));  // no trunk
}

}  // namespace
}  // namespace bellwether::sip_test
