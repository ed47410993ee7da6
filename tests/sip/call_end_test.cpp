// CANCEL, BYE and their races.

#include "support/world.h"

namespace bellwether::sip_test {
namespace {

using namespace sip;

TEST(CallEnd, NoAnswerIsCancelled) {
    Sipp carrier{"rings_forever"};
    World world{with_trunk(carrier.port())};
    world.dial();
    ASSERT_TRUE(world.events.next<Ringing>()) << carrier.why();
    world.endpoint->hang_up(kCall, {.reason = "SIP;cause=487;text=\"no answer\""});
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("ringing", "failed SIP_STATUS 487"));
    EXPECT_THAT(carrier.messages(), testing::HasSubstr("Reason: SIP;cause=487"));
}

TEST(CallEnd, ThePeersReasonIsTold) {
    Sipp carrier{"hangs_up_with_reason"};
    World world{with_trunk(carrier.port())};
    world.dial();
    const auto ended = world.events.next<Ended>();
    ASSERT_TRUE(ended) << carrier.why();
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_EQ(ended->reason.q850_cause, 16);
    EXPECT_EQ(ended->reason.text, "Normal call clearing");
    EXPECT_EQ(ended->trunk, "carrier");
}

TEST(CallEnd, TheReasonOfARefusalIsTold) {
    Sipp carrier{"busy_with_reason"};
    World world{with_trunk(carrier.port())};
    world.dial();
    const auto failed = world.events.next<Failed>();
    ASSERT_TRUE(failed) << carrier.why();
    EXPECT_EQ(failed->reason.q850_cause, 17);
    EXPECT_EQ(failed->reason.text, "User busy");
}

TEST(CallEnd, OurReasonStandsInByeAndCancel) {
    const std::string reason = q850_reason(16, "Normal \"call\" clearing\r\n");
    EXPECT_EQ(reason, "Q.850;cause=16;text=\"Normal call clearing\"");
    for (const char* scenario : {"answers", "rings_forever"}) {
        Sipp carrier{scenario};
        World world{with_trunk(carrier.port())};
        world.dial();
        ASSERT_TRUE(world.events.next<Ringing>()) << carrier.why();
        if (std::string{scenario} == "answers") {
            ASSERT_TRUE(world.events.next<Answered>());
        }
        world.endpoint->hang_up(kCall, {.reason = reason});
        EXPECT_TRUE(carrier.passed()) << carrier.why();
        EXPECT_THAT(carrier.messages(), testing::HasSubstr("Reason: " + reason + "\r\n"));
    }
}

TEST(CallEnd, CancelWaitsForTheFirstSignOfLife) {
    Sipp carrier{"late_first_ring"};
    World world{with_trunk(carrier.port())};
    world.dial();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("failed SIP_STATUS 487"));
}

TEST(CallEnd, AnswerThatCrossesCancelIsEndedAndReportedOnce) {
    Sipp carrier{"answers_across_cancel"};
    World world{with_trunk(carrier.port())};
    world.dial();
    ASSERT_TRUE(world.events.next<Ringing>()) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_TRUE(world.events.next<AnsweredAfterCancel>());
    EXPECT_THAT(world.story(), ElementsAre("ringing", "answered after cancel"));
}

TEST(CallEnd, CancelledCallThatIsNeverEndedByThePeerStillEnds) {
    Sipp carrier{"takes_cancel_only"};
    auto config = with_trunk(carrier.port());
    config.silence_max = 1s;  // our own limit is this and four seconds
    World world{config};
    world.dial();
    ASSERT_TRUE(world.events.next<Ringing>()) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(world.events.next<Failed>());
    EXPECT_THAT(world.story(), ElementsAre("ringing", "failed SIP_STATUS 487"));
}

TEST(CallEnd, UnansweredByeStillEnds) {
    Sipp carrier{"ignores_bye"};
    auto config = with_trunk(carrier.port());
    config.silence_max = 1500ms;
    World world{config};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(world.events.next<Ended>());
    EXPECT_THAT(world.story(), ElementsAre("answered", "ended by us 408"));
}

TEST(CallEnd, AByeForACallThatIsGoneIsAnsweredThatItIsGone) {
    Sipp carrier{"hangs_up_after_us"};
    World world{with_trunk(carrier.port())};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_THAT(world.story(), ElementsAre("answered", "ended by us 200"));
}

TEST(CallEnd, AByeThatCrossesOursIsAccepted) {
    Sipp carrier{"hangs_up_across_us"};
    World world{with_trunk(carrier.port())};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_THAT(world.story(), ElementsAre("answered", "ended by us 200"));
}

TEST(CallEnd, SecondHangUpAndHangUpOfTheUnknownAreIgnored) {
    Sipp carrier{"answers"};
    World world{with_trunk(carrier.port())};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    world.endpoint->hang_up(CallId{99});
    world.endpoint->hang_up(kCall);
    world.endpoint->hang_up(kCall);
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_EQ(carrier.received("BYE "), 1);
    EXPECT_THAT(world.story(), ElementsAre("ringing", "answered", "ended by us 200"));
}

TEST(CallEnd, StopEndsTheCallsThatAreUp) {
    Sipp carrier{"answers"};
    World world{with_trunk(carrier.port())};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    EXPECT_THAT(world.story(), ElementsAre("ringing", "answered", "ended by us 200"));
    EXPECT_TRUE(carrier.passed()) << carrier.why();
    EXPECT_TRUE(world.events.next<Stopped>());
}

TEST(CallEnd, StopDoesNotWaitForeverForADeafPeer) {
    Sipp carrier{"ignores_bye"};
    World world{with_trunk(carrier.port())};
    world.dial();
    ASSERT_TRUE(world.events.next<Answered>()) << carrier.why();
    EXPECT_THAT(world.story(), ElementsAre("answered", "ended by us 408"));
    EXPECT_TRUE(world.events.next<Stopped>());
}

}  // namespace
}  // namespace bellwether::sip_test
