#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/calls.cpp: from the stored attempt to the outcome.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

/// A progressive campaign with one agent, and contact 1 ringing as $c.
std::vector<StoryStep> one_line_rings(campaigns::CampaignSpec spec, std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{
        Given{"one agent is ready", std::move(spec), 1},
        Offer{"one contact", 1},
        Expect{"its attempt is stored", {"STORE_ATTEMPT contact=1 attempt=$c attempts_made=1"}},
        Tell{"the attempt is durable", "ATTEMPT_STORED attempt=$c"},
        Tell{"it rings", "CALL_RINGING call=$c"},
        Expect{"it was placed, and rings",
               {"PLACE_CALL call=$c contact=1 caller_id=+15550100",
                "STORE_MILESTONE attempt=$c milestone=RINGING"}}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Calls, AreNotPlacedBeforeTheirAttemptIsDurable) {
    play({Given{"one agent is ready", progressive(), 1}, Offer{"one contact", 1},
          Never{"no INVITE yet", {"PLACE_CALL"}},
          Expect{"the attempt goes to the store", {"STORE_ATTEMPT contact=1 attempt=$c"}},
          Wait{"the store takes its time", 30s}, Never{"still no INVITE", {"PLACE_CALL"}},
          Tell{"the attempt is durable", "ATTEMPT_STORED attempt=$c"},
          Expect{"now it goes out",
                 {"STORE_MILESTONE attempt=$c milestone=INVITED",
                  "PLACE_CALL call=$c attempt=$c decision.verdict=ALLOW"}}});
}

TEST(Calls, ThatNobodyTakesAreCancelledAtTheRingLimit) {
    play(one_line_rings(
        progressive(),
        {Wait{"just short of the limit", 24'900ms}, Never{"it rings on", {"HANG_UP"}},
         Wait{"the limit passes", 200ms},
         Expect{"it is cancelled", {"HANG_UP call=$c reason=RING_LIMIT"}},
         Tell{"the carrier confirms", "CALL_FAILED call=$c failure.sip_status=487"},
         Expect{"nobody answered; again in ten minutes",
                {"STORE_OUTCOME attempt=$c outcome=NO_ANSWER reason=RING_LIMIT sip_status=487 "
                 "due=1767607825100"}}}));
}

TEST(Calls, AnsweredAcrossOurCancelCountAsAbandoned) {
    play(one_line_rings(
        progressive(),
        {Wait{"the ring limit passes", 25s}, Expect{"cancelled", {"HANG_UP call=$c"}},
         Tell{"the 200 crossed it", "CALL_ANSWERED_AFTER_CANCEL call=$c"},
         Expect{"answered, and abandoned",
                {"STORE_MILESTONE attempt=$c milestone=ANSWERED",
                 "STORE_ACCOUNT account.live_answers=1 account.abandoned=0",
                 "STORE_ACCOUNT account.live_answers=1 account.abandoned=1",
                 "ALERT kind=ANSWERED_LATE call=$c",
                 "STORE_OUTCOME attempt=$c outcome=ABANDONED answered_after_cancel=true"}}}));
}

TEST(Calls, AnsweredWhileTheCancelIsOnItsWayAreEndedAndCounted) {
    play(one_line_rings(
        progressive(),
        {Wait{"the ring limit passes", 25s}, Expect{"cancelled", {"HANG_UP call=$c"}},
         Tell{"the answer was faster", "CALL_ANSWERED call=$c"},
         Never{"nobody is put through", {"BRIDGE"}},
         Expect{"counted, and ended by BYE",
                {"STORE_ACCOUNT account.abandoned=1", "ALERT kind=ANSWERED_LATE",
                 "HANG_UP call=$c reason=ANSWERED_TOO_LATE"}},
         Tell{"it has ended", "CALL_ENDED call=$c by=US"},
         Expect{"abandoned",
                {"STORE_OUTCOME attempt=$c outcome=ABANDONED answered_after_cancel=true"}}}));
}

TEST(Calls, WhoseCancelNobodyConfirmsAreForgottenAfterFortySeconds) {
    play(one_line_rings(progressive(),
                        {Wait{"the ring limit passes", 25s},
                         Expect{"cancelled", {"HANG_UP call=$c"}}, Wait{"not a word", 40s},
                         Expect{"given up",
                                {"ALERT kind=CALL_NEVER_ENDED call=$c",
                                 "STORE_OUTCOME attempt=$c outcome=NO_ANSWER"}},
                         Tell{"it answers after all", "CALL_ANSWERED call=$c"},
                         Expect{"the engine knows it no more", {}}}));
}

struct Failure {
    const char* name;
    const char* event;
    const char* outcome;
};
void PrintTo(const Failure& row, std::ostream* out) { *out << row.name; }

class CallFailureTable : public testing::TestWithParam<Failure> {};

TEST_P(CallFailureTable, EndsInItsOutcome) {
    play(one_line_rings(progressive(), {Tell{"it fails", GetParam().event},
                                        Expect{"the outcome", {GetParam().outcome}}}));
}

// Retry times: 10:00 UTC is 1767607200000; the delays are those of story.cpp.
INSTANTIATE_TEST_SUITE_P(
    Causes, CallFailureTable,
    testing::Values(
        Failure{"Busy", "CALL_FAILED call=$c failure.sip_status=486",
                "STORE_OUTCOME outcome=BUSY sip_status=486 due=1767607500000 attempts_made=1"},
        Failure{"NotFound", "CALL_FAILED call=$c failure.sip_status=404",
                "STORE_OUTCOME outcome=INVALID_NUMBER due=null"},
        Failure{"CongestionWithRetryAfter",
                "CALL_FAILED call=$c failure.sip_status=503 failure.retry_after_s=120",
                "STORE_OUTCOME outcome=CONGESTION retry_after_s=120 due=1767607320000"},
        Failure{"CongestionWithout", "CALL_FAILED call=$c failure.sip_status=503",
                "STORE_OUTCOME outcome=CONGESTION retry_after_s=null due=1767607230000"},
        Failure{"ShortRetryAfterDoesNotHurry",
                "CALL_FAILED call=$c failure.sip_status=503 failure.retry_after_s=1",
                "STORE_OUTCOME outcome=CONGESTION due=1767607230000"},
        Failure{"Redirected", "CALL_FAILED call=$c failure.kind=REDIRECTED failure.sip_status=302",
                "STORE_OUTCOME outcome=REDIRECTED sip_status=302 due=null"},
        Failure{"Unreachable", "CALL_FAILED call=$c failure.kind=UNREACHABLE",
                "STORE_OUTCOME outcome=UNREACHABLE"},
        Failure{"AuthRefused", "CALL_FAILED call=$c failure.kind=AUTH_REFUSED",
                "STORE_OUTCOME outcome=AUTH_REFUSED"}),
    [](const auto& row) { return row.param.name; });

TEST(Calls, LeaveTheirTrunkAndTheNetworksCauseOnRecord) {
    play(one_line_rings(
        progressive(),
        {Tell{"no such number",
              "CALL_FAILED call=$c trunk=north failure.sip_status=404 failure.q850_cause=1"},
         Expect{"its trunk and cause",
                {"STORE_OUTCOME attempt=$c sip_status=404 trunk=north q850_cause=1"}}}));
    play(one_line_rings(
        progressive(),
        {Tell{"answered", "CALL_ANSWERED call=$c trunk=south"},
         Tell{"he hangs up", "CALL_ENDED call=$c by=PEER q850_cause=16"},
         Expect{"likewise", {"STORE_OUTCOME attempt=$c trunk=south q850_cause=16"}}}));
    play(one_line_rings(
        progressive(),
        {Wait{"the ring limit passes", 25s},
         Tell{"the 200 crossed the CANCEL", "CALL_ANSWERED_AFTER_CANCEL call=$c trunk=west"},
         Expect{"likewise", {"STORE_OUTCOME attempt=$c outcome=ABANDONED trunk=west"}}}));
}

TEST(Calls, ToAnUnreachableTrunkAlertTheSupervisor) {
    play(one_line_rings(progressive(),
                        {Tell{"no answer at all", "CALL_FAILED call=$c failure.kind=UNREACHABLE"},
                         Expect{"said aloud", {"ALERT kind=TRUNK_UNREACHABLE"}}}));
}

TEST(Calls, ThatFallSilentAreEnded) {
    play(one_line_rings(
        progressive(),
        {Tell{"answered", "CALL_ANSWERED call=$c"},
         Expect{"put through", {"BRIDGE contact_call=$c"}},
         Tell{"no audio any more", "CALL_SILENT call=$c"},
         Expect{"ended", {"UNBRIDGE contact_call=$c", "HANG_UP call=$c reason=PEER_SILENT"}},
         Wait{"the BYE is never answered", 40s},
         Expect{"over", {"STORE_OUTCOME attempt=$c outcome=CONNECTED reason=PEER_SILENT"}}}));
}

TEST(Calls, AreWithdrawnWhenHoursCloseBetweenSelectionAndInvite) {
    auto spec = progressive();
    spec.hours.windows = {{.days = 0x7f, .from = 9h, .to = 10h + 1min}};
    play({Given{"one agent, and a minute left", spec, 1}, Offer{"one contact", 1},
          Expect{"selected", {"STORE_ATTEMPT attempt=$c"}},
          Wait{"the store takes two minutes", 2min},
          Tell{"the attempt is durable", "ATTEMPT_STORED attempt=$c"},
          Never{"too late for the INVITE", {"PLACE_CALL"}},
          // Tuesday 9:00 UTC
          Expect{"not an attempt; again when hours open",
                 {"STORE_OUTCOME attempt=$c outcome=WITHDRAWN decision.rule=CALLING_HOURS "
                  "decision.verdict=DEFER attempts_made=0 due=1767690000000"}}});
}

TEST(Calls, AreWithdrawnWhenDoNotCallComesWhileTheAttemptIsStored) {
    play({Given{"one agent", progressive(), 1}, Offer{"one contact", 1},
          Expect{"selected", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"do not call 1", "SUPPRESSION_ADDED number=1 client=1"},
          Tell{"the attempt is durable", "ATTEMPT_STORED attempt=$c"},
          Never{"no INVITE", {"PLACE_CALL"}},
          Expect{"never again",
                 {"STORE_OUTCOME attempt=$c outcome=WITHDRAWN decision.rule=DO_NOT_CALL "
                  "decision.verdict=DENY due=null"}}});
}

TEST(Calls, AreCancelledWhenDoNotCallComesWhileTheyRing) {
    play(one_line_rings(
        progressive(),
        {Tell{"do not call 1", "SUPPRESSION_ADDED number=1"},
         Expect{"cancelled at once", {"HANG_UP call=$c reason=DO_NOT_CALL"}},
         Tell{"confirmed", "CALL_FAILED call=$c failure.sip_status=487"},
         Expect{"and not tried again", {"STORE_OUTCOME outcome=CANCELLED due=null"}}}));
}

TEST(Calls, OfAnotherClientRingOnWhenOneClientSuppressesTheNumber) {
    play(one_line_rings(progressive(),
                        {Tell{"client 2 must not call 1", "SUPPRESSION_ADDED number=1 client=2"},
                         Expect{"no business of client 1", {}}}));
}

TEST(Calls, ThatEndTwiceEndOnce) {
    play(one_line_rings(progressive(),
                        {Tell{"busy", "CALL_FAILED call=$c failure.sip_status=486"},
                         Expect{"over", {"STORE_OUTCOME attempt=$c"}},
                         Tell{"busy again", "CALL_FAILED call=$c failure.sip_status=486"},
                         Tell{"rings late", "CALL_RINGING call=$c"},
                         Tell{"ends late", "CALL_ENDED call=$c"}, Expect{"nothing", {}}}));
}

}  // namespace
}  // namespace bellwether::engine::story
