// Several trunks: which one carries a call, and what happens when it cannot.

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <set>

#include "support/python_peer.h"
#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

EndpointConfig two_trunks(std::uint16_t first, std::uint16_t second) {
    EndpointConfig config;
    config.trunks = {trunk_at(first, "a"), trunk_at(second, "b")};
    config.trunks[1].priority = 2;
    return config;
}

TEST(Failover, A503MovesTheCallOnBeforeAnybodyIsTold) {
    Sipp broken{"refuses_with", {.status = "503 Service Unavailable"}};
    Sipp carrier{"answers"};
    World world{two_trunks(broken.port(), carrier.port())};
    world.dial();
    const auto answered = world.events.next<Answered>();
    ASSERT_TRUE(answered) << carrier.why();
    EXPECT_EQ(answered->trunk, "b");
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_TRUE(broken.passed()) << broken.why();
    EXPECT_THAT(world.story(), ElementsAre("ringing", "answered", "ended by us 200"));
    EXPECT_EQ(world.endpoint->counters().failovers, 1U);
}

struct Answer {
    const char* name;
    const char* status;
    bool moves_on;
};
void PrintTo(const Answer& row, std::ostream* out) { *out << row.name; }

class FailoverTable : public testing::TestWithParam<Answer> {};

TEST_P(FailoverTable, MovesOnForTheTrunksFaultsOnly) {
    Sipp first{"refuses_with", {.status = GetParam().status}};
    Sipp second{"refuses_with", {.status = "486 Busy Here"}};
    World world{two_trunks(first.port(), second.port())};
    world.dial();
    const auto failed = world.events.next<Failed>();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->trunk, GetParam().moves_on ? "b" : "a");
    EXPECT_TRUE(first.passed()) << first.why();
    EXPECT_EQ(second.received("INVITE "), GetParam().moves_on ? 1 : 0);
}

INSTANTIATE_TEST_SUITE_P(Carrier, FailoverTable,
                         testing::Values(Answer{"ServerError", "500 Server Internal Error", true},
                                         Answer{"BadGateway", "502 Bad Gateway", true},
                                         Answer{"NoCapacity", "503 Service Unavailable", true},
                                         Answer{"GatewayTimeout", "504 Server Time-out", true},
                                         Answer{"Forbidden", "403 Forbidden", false},
                                         Answer{"NotFound", "404 Not Found", false},
                                         Answer{"TimeoutOfTheCalled", "408 Request Timeout", false},
                                         Answer{"Unavailable", "480 Temporarily Unavailable",
                                                false},
                                         Answer{"Busy", "486 Busy Here", false},
                                         Answer{"NotImplemented", "501 Not Implemented", false},
                                         Answer{"BusyEverywhere", "600 Busy Everywhere", false},
                                         Answer{"Declined", "603 Decline", false}),
                         [](const auto& row) { return row.param.name; });

TEST(Failover, ACallThatRangNeverRingsAgain) {
    Sipp first{"rings_and_refuses_with", {.status = "503 Service Unavailable"}};
    Sipp second{"answers"};
    World world{two_trunks(first.port(), second.port())};
    world.dial();
    EXPECT_TRUE(first.passed()) << first.why();
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("ringing", "failed SIP_STATUS 503"));
    EXPECT_EQ(second.received("INVITE "), 0);
}

TEST(Failover, AClosedPortMovesTheCallOnAtOnce) {
    Sipp carrier{"answers"};
    World world{two_trunks(free_port(), carrier.port())};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>(3s)) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
}

TEST(Failover, ASilentTrunkIsGivenUpAndItsLateAnswerEnded) {
    Sipp silent{"answers_late"};
    Sipp carrier{"answers"};
    auto config = two_trunks(silent.port(), carrier.port());
    config.trunks[0].no_answer_failover = 300ms;
    World world{config};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    EXPECT_TRUE(silent.passed()) << silent.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_THAT(world.story(), ElementsAre("ringing", "answered", "ended by us 200"));
    EXPECT_EQ(world.endpoint->counters().late_answers, 1U);
}

TEST(Failover, TheLastFailureIsReportedWhenNoTrunkIsLeft) {
    Sipp first{"refuses_with", {.status = "503 Full"}};
    Sipp second{"refuses_with", {.status = "500 Broken"}};
    World world{two_trunks(first.port(), second.port())};
    world.dial();
    const auto failed = world.events.next<Failed>();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->status, 500);
    EXPECT_EQ(failed->phrase, "Broken");
    EXPECT_EQ(failed->trunk, "b");
}

TEST(Failover, ABrokenTrunkIsLeftAloneAndSaysWhy) {
    Sipp broken{"always_busy_trunk", {.calls = 0}};
    Sipp carrier{"answers_many", {.calls = 0}};
    World world{two_trunks(broken.port(), carrier.port())};
    constexpr int kCalls = 12;
    for (int i = 0; i < kCalls; ++i) {
        world.dial(CallId{100U + static_cast<unsigned>(i)});
        ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    }
    const auto change = world.events.next<TrunkState>();
    ASSERT_TRUE(change);
    EXPECT_EQ(change->name, "a");
    EXPECT_FALSE(change->up);
    EXPECT_EQ(change->lines, 0);
    EXPECT_EQ(change->condition, TrunkCondition::CircuitOpen);
    EXPECT_EQ(change->reason, "503 Service Unavailable");
    EXPECT_EQ(broken.received("INVITE "), TrunkRouter::kFailuresToOpen);
    EXPECT_EQ(carrier.received("INVITE "), kCalls);
    world.endpoint->stop();
    const auto trunks = world.endpoint->trunks();
    ASSERT_EQ(trunks.size(), 2U);
    EXPECT_EQ(trunks[0].circuit, Circuit::Open);
    EXPECT_EQ(trunks[0].failed.at("503"), 5U);
    EXPECT_EQ(trunks[1].answered, 12U);
}

TEST(Failover, ATrunkThatAsksForRestGetsIt) {
    Sipp resting{"no_capacity_retry_after", {.calls = 0}};
    Sipp carrier{"answers_many", {.calls = 0}};
    World world{two_trunks(resting.port(), carrier.port())};
    for (const auto call : {CallId{1}, CallId{2}}) {
        world.dial(call);
        ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    }
    EXPECT_EQ(resting.received("INVITE "), 1);
    const auto down = world.events.next<TrunkState>();
    ASSERT_TRUE(down);
    EXPECT_EQ(down->condition, TrunkCondition::RetryAfter);
    const auto up = world.events.next<TrunkState>(3s);
    ASSERT_TRUE(up);
    EXPECT_TRUE(up->up);
    EXPECT_EQ(up->lines, 1000);
}

TEST(Failover, CallsBeyondTheSecondsShareWaitInsteadOfFailing) {
    Sipp carrier{"answers_many", {.calls = 0}};
    auto config = with_trunk(carrier.port());
    config.trunks[0].calls_per_second = 10;
    World world{config};
    for (unsigned i = 0; i < 15; ++i) world.dial(CallId{i + 1});
    for (int i = 0; i < 15; ++i) ASSERT_TRUE(world.events.next<Answered>(2s)) << i;
}

TEST(Failover, ACallThatWaitsCanBeEnded) {
    Sipp carrier{"answers_many", {.calls = 0}};
    auto config = with_trunk(carrier.port());
    config.trunks[0].calls_per_second = 1;
    World world{config};
    world.dial(CallId{1});
    world.dial(CallId{2});
    world.endpoint->hang_up(CallId{2});
    ASSERT_TRUE(world.events.next<Failed>());
    ASSERT_TRUE(world.events.next<Answered>());
    EXPECT_EQ(carrier.received("INVITE "), 1);
    EXPECT_THAT(world.story(CallId{2}), ElementsAre("failed SIP_STATUS 487"));
}

TEST(Failover, HeadersAndIdentityAreTheTrunksOwn) {
    Sipp carrier{"answers"};
    auto config = with_trunk(carrier.port());
    config.trunks[0].asserted_identity = true;
    config.trunks[0].headers = {{"X-Account", "4711"}};
    World world{config};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_THAT(carrier.messages(), testing::HasSubstr("X-Account: 4711\r\n"));
    EXPECT_THAT(carrier.messages(),
                testing::HasSubstr("P-Asserted-Identity: <sip:+12025550100@127.0.0.1>\r\n"));
}

// --- under load ---

constexpr unsigned kLoad = 200;  // at 50 a second

std::string number_of(unsigned i) { return "+1202555" + std::to_string(1000 + i); }

void dial_number(World& world, unsigned i) {
    world.endpoint->invite(TrunkInvite{.call = CallId{i + 1},
                                       .number = *PhoneNumber::parse(number_of(i)),
                                       .caller_id = "+12025550100",
                                       .sdp = audio_sdp(),
                                       .headers = {}});
}

/// Calls at 50 a second, each ended as soon as it is answered. `at` runs before the i-th.
void run_load(World& world, const std::function<void(unsigned)>& at) {
    const auto start = std::chrono::steady_clock::now();
    for (unsigned i = 0; i < kLoad; ++i) {
        at(i);
        const auto due = start + i * 20ms;
        for (auto left = due - std::chrono::steady_clock::now(); left > 0ms;
             left = due - std::chrono::steady_clock::now()) {
            const auto answered = world.events.next<Answered>(
                std::chrono::duration_cast<std::chrono::milliseconds>(left) + 1ms);
            if (answered) world.endpoint->hang_up(answered->call);
        }
        dial_number(world, i);
    }
    while (const auto answered = world.events.next<Answered>(2s))
        world.endpoint->hang_up(answered->call);
}

TEST(FailoverUnderLoad, NothingIsLostWhenATrunkRefusesEverything) {
    Sipp broken{"always_busy_trunk", {.calls = 0}};
    Sipp carrier{"answers_many", {.calls = 0}};
    auto config = two_trunks(broken.port(), carrier.port());
    config.trunks[1].priority =
        1;  // shared equally, so that the broken one is asked again and again
    World world{config};
    run_load(world, [](unsigned) {});
    for (unsigned i = 0; i < kLoad; ++i) {
        EXPECT_THAT(world.events.story(CallId{i + 1}),
                    ElementsAre("ringing", "answered", "ended by us 200"));
    }
    const auto rung = carrier.values("INVITE ", "To");
    EXPECT_EQ(rung.size(), kLoad);
    EXPECT_EQ(std::set<std::string>(rung.begin(), rung.end()).size(), kLoad);
}

TEST(FailoverUnderLoad, NobodyIsRungTwiceWhenATrunkDies) {
    Sipp dying{"answers_many", {.calls = 0}};
    Sipp carrier{"answers_many", {.calls = 0}};
    auto config = two_trunks(dying.port(), carrier.port());
    config.silence_max = 1s;  // for the BYE of calls that died with their trunk
    World world{config};
    run_load(world, [&](unsigned i) {
        if (i == kLoad / 2) dying.kill();
    });
    unsigned answered = 0;
    for (unsigned i = 0; i < kLoad; ++i) {
        const auto story = world.events.story(CallId{i + 1});
        answered += testing::Matches(testing::Contains("answered"))(story) ? 1U : 0U;
        ASSERT_FALSE(story.empty());
    }
    EXPECT_EQ(answered, kLoad);
    auto rung = dying.values("INVITE ", "To");
    for (const auto& each : carrier.values("INVITE ", "To")) rung.push_back(each);
    EXPECT_EQ(rung.size(), kLoad);
    EXPECT_EQ(std::set<std::string>(rung.begin(), rung.end()).size(), kLoad);
}

// --- OPTIONS ---

TEST(KeepAlive, OptionsTakeATrunkOutAndBackIn) {
    PythonPeer carrier{"options_peer", {"--plan", "200", "405", "silence", "503", "200"}};
    auto config = with_trunk(carrier.port());
    config.trunks[0].options_every = 1s;
    World world{config};
    const auto down = world.events.next<TrunkState>();
    ASSERT_TRUE(down) << carrier.output();
    EXPECT_FALSE(down->up);
    EXPECT_EQ(down->condition, TrunkCondition::OptionsUnanswered);
    EXPECT_EQ(down->reason, "OPTIONS was not answered");
    world.dial();
    const auto failed = world.events.next<Failed>();
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->kind, FailureKind::NoTrunk);
    EXPECT_EQ(world.endpoint->counters().invites_sent, 0U);
    const auto up = world.events.next<TrunkState>();
    ASSERT_TRUE(up) << carrier.output();
    EXPECT_TRUE(up->up);
    EXPECT_THAT(carrier.findings(), ElementsAre("OPTIONS 200", "OPTIONS 405", "OPTIONS silence",
                                                "OPTIONS 503", "OPTIONS 200"));
    world.endpoint->stop();
    EXPECT_TRUE(world.endpoint->trunks().front().options_rtt);
}

}  // namespace
}  // namespace bellwether::sip_test
