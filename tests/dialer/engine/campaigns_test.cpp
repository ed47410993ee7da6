#include <gtest/gtest.h>

#include "dialer/engine/engine.h"
#include "tests/dialer/engine/story.h"

// dialer/engine/campaigns.cpp: orders, contacts and accounts.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

/// An unattended campaign whose first contact rings as $c; a second is stored as $d.
std::vector<StoryStep> two_lines(std::vector<StoryStep> then) {
    std::vector<StoryStep> steps{
        Given{"two lines", notice(), 0},
        Offer{"five contacts", 5},
        Expect{"two attempts", {"STORE_ATTEMPT attempt=$c", "STORE_ATTEMPT attempt=$d"}},
        Tell{"one is durable", "ATTEMPT_STORED attempt=$c"},
        Tell{"and rings", "CALL_RINGING call=$c"},
        Expect{"placed", {"PLACE_CALL call=$c"}}};
    steps.insert(steps.end(), then.begin(), then.end());
    return steps;
}

TEST(Campaigns, ThatAreStoppedCancelWhatRingsAndGiveBackWhatTheyHold) {
    play(two_lines({Tell{"stop", "CAMPAIGN_ORDERED request=3 campaign=1 order=STOP"},
                    Expect{"at once",
                           {"STORE_CAMPAIGN_STATE campaign=1 state=STOPPED",
                            "HANG_UP call=$c reason=CAMPAIGN_STOPPED", "RELEASE_CONTACT contact=3",
                            "RELEASE_CONTACT contact=4", "RELEASE_CONTACT contact=5",
                            "REPLY request=3 code=DONE", "EXPLAIN_PACING block=NOT_RUNNING"}},
                    Tell{"the other attempt is durable", "ATTEMPT_STORED attempt=$d"},
                    Never{"too late", {"PLACE_CALL"}},
                    Expect{"withdrawn",
                           {"STORE_OUTCOME attempt=$d outcome=WITHDRAWN "
                            "reason=CAMPAIGN_STOPPED attempts_made=0"}}}));
}

TEST(Campaigns, ThatArePausedLetRingingLinesGoOn) {
    play(two_lines(
        {Tell{"pause", "CAMPAIGN_ORDERED campaign=1 order=PAUSE"},
         Never{"it rings on", {"HANG_UP"}}, Expect{"paused", {"STORE_CAMPAIGN_STATE state=PAUSED"}},
         Offer{"contacts come that were asked for before", 1},
         Expect{"not now", {"RELEASE_CONTACT contact=6 decision.verdict=ALLOW"}},
         Tell{"answered", "CALL_ANSWERED call=$c"}, Expect{"served", {"PLAY call=$c"}},
         Tell{"start", "CAMPAIGN_ORDERED campaign=1 order=START"},
         Expect{"on again", {"STORE_CAMPAIGN_STATE state=RUNNING", "ASK_FOR_CONTACTS"}}}));
}

TEST(Campaigns, ThatDrainStopWhenTheirLastCallEnds) {
    play(two_lines(
        {Tell{"drain", "CAMPAIGN_ORDERED campaign=1 order=DRAIN"},
         Never{"not yet", {"STORE_CAMPAIGN_STATE state=STOPPED", "HANG_UP"}},
         Expect{"draining", {"STORE_CAMPAIGN_STATE state=DRAINING"}},
         Tell{"the stored one is withdrawn", "ATTEMPT_STORED attempt=$d"},
         Never{"one still rings", {"STORE_CAMPAIGN_STATE"}},
         Tell{"busy", "CALL_FAILED call=$c failure.sip_status=486"},
         Expect{"stopped",
                {"STORE_OUTCOME attempt=$c outcome=BUSY", "STORE_CAMPAIGN_STATE state=STOPPED"}}}));
}

TEST(Campaigns, FinishWhenNobodyIsLeftAndRunAgainWhenContactsAreAdded) {
    play({Given{"two lines", notice(), 0}, Offer{"one contact", 1},
          Expect{"more, please", {"STORE_ATTEMPT attempt=$c", "ASK_FOR_CONTACTS"}},
          Offer{"no more", 0}, Never{"one is under way", {"STORE_CAMPAIGN_STATE"}},
          Expect{"nobody left", {"EXPLAIN_PACING block=NO_CONTACTS"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"no such number", "CALL_FAILED call=$c failure.sip_status=404"},
          Expect{"finished", {"STORE_CAMPAIGN_STATE state=FINISHED"}},
          Tell{"an import", "CONTACTS_ADDED campaign=1"},
          Expect{"again", {"STORE_CAMPAIGN_STATE state=RUNNING", "ASK_FOR_CONTACTS"}},
          Offer{"one more", 1}, Expect{"dialed", {"STORE_ATTEMPT contact=2"}}});
}

TEST(Campaigns, WaitForARetryAndAskAgainWhenItIsDue) {
    play({Given{"two lines", notice(), 0}, Offer{"one contact", 1},
          Expect{"more, please", {"STORE_ATTEMPT attempt=$c", "ASK_FOR_CONTACTS"}},
          Offer{"no more", 0}, Tell{"durable", "ATTEMPT_STORED attempt=$c"},
          Tell{"busy", "CALL_FAILED call=$c failure.sip_status=486"},
          Never{"not done: again in five minutes", {"STORE_CAMPAIGN_STATE"}},
          Expect{"busy", {"STORE_OUTCOME outcome=BUSY"}}, Wait{"almost", 299'999ms},
          Never{"not yet", {"ASK_FOR_CONTACTS"}}, Wait{"now", 1ms},
          Expect{"due", {"ASK_FOR_CONTACTS"}}});
}

TEST(Campaigns, MissNoRetryThatFellDueWhileTheyWereAsking) {
    play(
        {Given{"two lines", notice(), 0}, Offer{"one contact", 1},
         Expect{"asking", {"STORE_ATTEMPT attempt=$c", "ASK_FOR_CONTACTS"}},
         Tell{"durable", "ATTEMPT_STORED attempt=$c"},
         Tell{"busy, while the store looks for more", "CALL_FAILED call=$c failure.sip_status=486"},
         Offer{"the store did not know yet", 0}, Never{"not finished", {"STORE_CAMPAIGN_STATE"}},
         Expect{"asked once more", {"ASK_FOR_CONTACTS"}}});
}

TEST(Campaigns, SettleAttemptsOfADeadProcess) {
    auto spec = progressive();
    play({Given{"a campaign", spec, 0},
          Tell{"rang when the process died",
               "ATTEMPT_FOUND_ALIVE campaign=1 attempt=7 contact=70 attempts_made=1"},
          Never{"nobody answered", {"STORE_ACCOUNT"}},
          // 11:00 UTC, an hour of cool-off
          Expect{"unknown; again after the cool-off",
                 {"STORE_OUTCOME attempt=7 contact=70 outcome=UNKNOWN due=1767610800000"}},
          Tell{"answered, and nobody there",
               "ATTEMPT_FOUND_ALIVE campaign=1 attempt=8 contact=80 "
               "attempts_made=3 answered=true"},
          Expect{"counted against us",
                 {"STORE_ACCOUNT account.live_answers=1 account.abandoned=1",
                  "STORE_OUTCOME attempt=8 outcome=UNKNOWN due=null"}},
          Tell{"answered and served",
               "ATTEMPT_FOUND_ALIVE campaign=1 attempt=9 contact=90 "
               "attempts_made=1 answered=true served=true"},
          Never{"not counted", {"STORE_ACCOUNT"}},
          Expect{"unknown", {"STORE_OUTCOME attempt=9 outcome=UNKNOWN"}},
          Tell{"interviewed to the end, and killed before the call was over",
               "ATTEMPT_FOUND_ALIVE campaign=1 attempt=10 contact=100 attempts_made=1 "
               "answered=true served=true interviewed=\"INTERVIEW_COMPLETE\""},
          Expect{"not asked once more",
                 {"STORE_OUTCOME attempt=10 outcome=INTERVIEW_COMPLETE due=null"}},
          Tell{"its agent had said that he is to be called at noon",
               "ATTEMPT_FOUND_ALIVE campaign=1 attempt=11 contact=110 attempts_made=1 "
               "answered=true served=true is_settled=true settled_due=1767614400000"},
          Expect{"at noon", {"STORE_OUTCOME attempt=11 due=1767614400000"}},
          Tell{"its agent had said that this is all",
               "ATTEMPT_FOUND_ALIVE campaign=1 attempt=12 contact=120 attempts_made=1 "
               "answered=true served=true is_settled=true"},
          Expect{"never again", {"STORE_OUTCOME attempt=12 due=null"}}, Offer{"nobody else", 0},
          Never{"two are to come", {"STORE_CAMPAIGN_STATE"}}, Wait{"the cool-off", 1h},
          Expect{"asked for", {"ASK_FOR_CONTACTS"}}});
}

TEST(Campaigns, AccountsBeginAnewAtMidnightAndNotWhenTheClockIsSetBack) {
    auto spec = notice();
    spec.lines_max = 1;
    play({Given{"one line", spec, 0}, Offer{"two contacts", 2},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"Monday's account",
                 {"STORE_ACCOUNT account.window_start=1767571200000 "
                  "account.live_answers=1"}},
          Tell{"he hangs up", "CALL_ENDED call=$c"},
          Expect{"the next", {"STORE_ATTEMPT attempt=$d"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$d"}, Wait{"ringing", 1s},
          StepClock{"the clock was a day behind", 24h}, StepClock{"or was it", -24h},
          Tell{"answered", "CALL_ANSWERED call=$d"},
          Expect{"Tuesday's account",
                 {"STORE_ACCOUNT account.window_start=1767657600000 "
                  "account.live_answers=1"}}});
}

TEST(Campaigns, ReplyToOrdersForCampaignsThatAreNotThere) {
    play({Given{"a campaign", notice(), 0},
          Tell{"another", "CAMPAIGN_ORDERED request=9 campaign=2 order=START"},
          Expect{"no", {"REPLY request=9 code=NOT_FOUND"}}});
}

TEST(Campaigns, GoOnWithWhatWasLearntBeforeARestartButNeverForgetForIt) {
    pacing::PacerState before;
    before.budget.log_chance = -1.5;
    pacing::PacerState older;
    older.budget.log_chance = -4;
    Engine engine;
    const Now start{Instant{50h}, UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 1 / 5}}};
    handle(engine, EngineStarted{Epoch{1}, 10, 10.0}, start);
    const auto learnt = [&] { return engine.state().campaigns.at(CampaignId{1}).pacer; };
    handle(engine, CampaignApplied{.spec = progressive(), .learnt = before}, start);
    EXPECT_EQ(learnt(), before);
    handle(engine, CampaignApplied{.spec = progressive(), .learnt = older}, start);
    EXPECT_EQ(learnt(), before);
}

TEST(Campaigns, KeepTheirQuestionnaireWhileSomebodyIsInterviewed) {
    auto other = survey();
    other.questionnaire->sheets.survey += "note,bye,bye.wav,,,\n";
    play({Given{"a survey", survey(), 0}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Tell{"one question less", CampaignApplied{.request = RequestId{4}, .spec = other}},
          Expect{"not now", {"REPLY request=4 code=CONFLICT"}},
          Tell{"the interview ends", "CALL_ENDED call=$c"},
          Tell{"one question less", CampaignApplied{.request = RequestId{5}, .spec = other}},
          Expect{"now", {"REPLY request=5 code=DONE"}}});
}

}  // namespace
}  // namespace bellwether::engine::story
