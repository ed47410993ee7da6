#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/answers.cpp: what a person who answered hears and is asked.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

std::vector<StoryStep> and_then(std::vector<StoryStep> steps, std::vector<StoryStep> then) {
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

/// Contact 1 has answered as $c.
std::vector<StoryStep> answered(campaigns::CampaignSpec spec, int agents,
                                std::vector<StoryStep> then) {
    return and_then(
        {Given{"a campaign", std::move(spec), agents}, Offer{"one contact", 1},
         Expect{"stored", {"STORE_ATTEMPT contact=1 attempt=$c"}},
         Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Expect{"placed", {"PLACE_CALL call=$c"}},
         Tell{"answered", "CALL_ANSWERED call=$c"}},
        std::move(then));
}

/// Two lines for one agent, contact 1 talks to him as $c; contact 2 has just answered as $d.
std::vector<StoryStep> one_too_many(std::vector<StoryStep> then) {
    auto spec = ratio(2);
    spec.abandonment[0].cap = Probability{0.5};
    return and_then(
        {Given{"two lines for each agent", spec, 2}, Offer{"two contacts", 2},
         Expect{"no answers yet, so as many lines as agents",
                {"STORE_ATTEMPT contact=1 attempt=$c", "STORE_ATTEMPT contact=2 attempt=$d"}},
         Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"durable", "ATTEMPT_STORED attempt=$d"},
         Tell{"contact 1 answers", "CALL_ANSWERED call=$c"},
         Expect{"agent 1 takes him", {"BRIDGE contact_call=$c agent_call=$leg1"}},
         Tell{"agent 2 takes a break", "AGENT_ORDERED agent=2 order=PAUSE"},
         Tell{"contact 2 answers", "CALL_ANSWERED call=$d"},
         Never{"nobody is free", {"BRIDGE", "PLAY"}}, Expect{"he waits", {}}},
        std::move(then));
}

TEST(Answers, GoToTheAgentWhoHasBeenReadyLongest) {
    play({Given{"two agents", progressive(), 2},
          Tell{"agent 1 pauses", "AGENT_ORDERED agent=1 order=PAUSE"}, Wait{"a while", 10s},
          Tell{"and is back", "AGENT_ORDERED agent=1 order=READY"},
          Expect{"ready", {"STORE_AGENT_STATE agent=1 state=READY"}}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"agent 2 was there all the time",
                 {"STORE_ACCOUNT account.live_answers=1 account.abandoned=0",
                  "STORE_AGENT_STATE agent=2 state=ON_CALL reason=CALL_BRIDGED",
                  "STORE_MILESTONE attempt=$c milestone=CONNECTED agent=2",
                  "BRIDGE contact_call=$c agent_call=$leg2", "SHOW_CONTACT agent=2 contact=1"}}});
}

TEST(Answers, ThatNobodyTakesInTwoSecondsHearTheMessageAndCount) {
    play(one_too_many(
        {Wait{"almost two seconds", 1'999ms}, Never{"not yet", {"PLAY"}}, Wait{"time is up", 1ms},
         Expect{"the message, and an entry in the account",
                {"STORE_ACCOUNT account.live_answers=2 account.abandoned=1",
                 "STORE_MILESTONE attempt=$d milestone=SPOKEN",
                 "PLAY call=$d playback=$p prompts.0=safe.wav"}},
         Tell{"heard to the end", "PLAYBACK_ENDED call=$d playback=$p completed=true"},
         Expect{"goodbye", {"HANG_UP call=$d reason=SAFE_HARBOUR_DONE"}},
         Tell{"ended", "CALL_ENDED call=$d by=US"},
         Expect{"abandoned", {"STORE_OUTCOME attempt=$d outcome=ABANDONED"}}}));
}

TEST(Answers, WaitingAreTakenByTheFirstWhoComesFree) {
    play(one_too_many({Wait{"a second", 1s}, Tell{"contact 1 hangs up", "CALL_ENDED call=$c"},
                       Expect{"wrap-up", {"STORE_AGENT_STATE agent=1 state=WRAP_UP"}},
                       Tell{"agent 1 is quick", "AGENT_ORDERED agent=1 order=WRAP_UP"},
                       Expect{"and takes contact 2", {"BRIDGE contact_call=$d agent_call=$leg1"}},
                       Wait{"long after", 1min}, Never{"no message", {"PLAY", "STORE_ACCOUNT"}}}));
}

TEST(Answers, ThatHangUpWhileTheyWaitAreNotAbandoned) {
    play(one_too_many({Wait{"a second", 1s}, Tell{"contact 2 gives up", "CALL_ENDED call=$d"},
                       Never{"nothing was due yet", {"STORE_ACCOUNT"}},
                       Expect{"he hung up", {"STORE_OUTCOME attempt=$d outcome=HUNG_UP"}}}));
}

TEST(Answers, CanOptOutOfTheSafeHarbourMessage) {
    play(one_too_many(
        {Wait{"nobody comes", 2s}, Expect{"the message", {"PLAY call=$d playback=$p"}},
         Key{"he presses 9", "$d", '9'}, Never{"not before it is durable", {"HANG_UP"}},
         Expect{"do not call", {"STOP_PLAYING call=$d", "STORE_SUPPRESSION number=2 client=1"}},
         Tell{"durable", "SUPPRESSION_ADDED number=2 client=1"},
         Expect{"goodbye", {"HANG_UP call=$d reason=DO_NOT_CALL"}},
         Tell{"ended", "CALL_ENDED call=$d by=US"},
         Expect{"still abandoned, and never called again",
                {"STORE_OUTCOME attempt=$d outcome=ABANDONED due=null"}}}));
}

TEST(Answers, AreNotLostWithTheAgentsPhone) {
    play(answered(
        progressive(), 2,
        {Expect{"put through", {"BRIDGE contact_call=$c agent_call=$leg1"}},
         Tell{"agent 1's phone drops", "CALL_ENDED call=$leg1"},
         Expect{"agent 2 takes over",
                {"UNBRIDGE contact_call=$c agent_call=$leg1", "ALERT kind=AGENT_PHONE_LOST agent=1",
                 "STORE_AGENT_STATE agent=1 state=PAUSED reason=PHONE_LOST",
                 "BRIDGE contact_call=$c agent_call=$leg2"}}}));
}

TEST(Answers, WhoLoseTheirAgentAndFindNoOtherHearTheMessageAndDoNotCount) {
    play(answered(progressive(), 1,
                  {Expect{"put through", {"BRIDGE contact_call=$c agent_call=$leg1"}},
                   Tell{"the phone goes silent", "CALL_SILENT call=$leg1"},
                   Expect{"the phone counts as gone",
                          {"UNBRIDGE contact_call=$c agent_call=$leg1",
                           "STORE_AGENT_STATE agent=1 state=PAUSED",
                           "HANG_UP call=$leg1 reason=PEER_SILENT"}},
                   Wait{"nobody comes", 2s}, Never{"he was served", {"STORE_ACCOUNT"}},
                   Expect{"the message", {"PLAY call=$c playback=$p prompts.0=safe.wav"}},
                   Tell{"heard", "PLAYBACK_ENDED call=$c playback=$p completed=true"},
                   Tell{"ended", "CALL_ENDED call=$c by=US"},
                   Expect{"connected",
                          {"HANG_UP call=$c reason=AGENT_LOST",
                           "STORE_OUTCOME attempt=$c outcome=CONNECTED"}}}));
}

TEST(Answers, OfAnUnattendedNoticeHearItAndAreDone) {
    play(answered(notice(), 0,
                  {Expect{"the notice",
                          {"STORE_MILESTONE milestone=SPOKEN",
                           "PLAY call=$c playback=$p prompts.0=notice.wav"}},
                   Tell{"heard", "PLAYBACK_ENDED call=$c playback=$p completed=true"},
                   Tell{"ended", "CALL_ENDED call=$c by=US"},
                   Expect{"done",
                          {"HANG_UP call=$c reason=NOTICE_DONE",
                           "STORE_OUTCOME outcome=NOTICE_PLAYED due=null"}}}));
}

TEST(Answers, ThatHangUpDuringTheNoticeHungUp) {
    play(
        answered(notice(), 0,
                 {Expect{"the notice", {"PLAY call=$c"}}, Tell{"he hangs up", "CALL_ENDED call=$c"},
                  Expect{"hung up", {"STORE_OUTCOME outcome=HUNG_UP"}}}));
}

TEST(Answers, ThatOptOutOfTheNoticeAreOnDoNotCall) {
    play(answered(notice(), 0,
                  {Expect{"the notice", {"PLAY call=$c"}}, Key{"9", "$c", '9'},
                   Expect{"to be made durable", {"STORE_SUPPRESSION number=1"}},
                   Tell{"durable", "SUPPRESSION_ADDED number=1 client=1"},
                   Tell{"ended", "CALL_ENDED call=$c by=US"},
                   Expect{"opted out",
                          {"HANG_UP call=$c reason=DO_NOT_CALL",
                           "STORE_OUTCOME outcome=OPTED_OUT due=null"}}}));
}

TEST(Answers, WhoseOptOutTheStoreNeverConfirmsAreNotHeldForEver) {
    play(answered(
        notice(), 0,
        {Key{"9", "$c", '9'}, Expect{"to be stored", {"STORE_SUPPRESSION number=1"}},
         Wait{"no word of it", 10s}, Expect{"goodbye", {"HANG_UP call=$c reason=NO_REPLY"}}}));
}

TEST(Answers, AreRecordedWhereTheCampaignSaysSo) {
    auto spec = notice();
    spec.record = true;
    play(answered(spec, 0, {Expect{"recorded", {"RECORD call=$c attempt=$c", "PLAY call=$c"}}}));
}

}  // namespace
}  // namespace bellwether::engine::story
