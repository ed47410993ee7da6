#include <gtest/gtest.h>

#include "tests/dialer/engine/story.h"

// dialer/engine/interviewer.cpp: the questionnaire asked by an agent.

namespace bellwether::engine::story {
namespace {

using namespace std::chrono_literals;

/// What an agent asks: a greeting, q1 (yes or no), q2 (up to 99).
campaigns::CampaignSpec asked_by_agents() {
    auto spec = progressive();
    spec.wrap_up = 15s;
    spec.questionnaire = {.sheets = {"type,name,label,constraint,constraint_message,required\n"
                                     "note,hello,Good evening,,,\n"
                                     "select_one yn,q1,Do you drive?,,,yes\n"
                                     "integer,q2,How old are you?,. <= 99,Under-100,yes\n",
                                     "list_name,name,label,tel::key\nyn,yes,Yes,1\nyn,no,No,2\n",
                                     "form_id\ndrivers\n"},
                          .folder = "/s"};
    return spec;
}

/// With questions that only the keypad asks: s1 and s2 between q1 and q3.
campaigns::CampaignSpec with_keypad_part() {
    auto spec = asked_by_agents();
    spec.questionnaire->sheets.survey =
        "type,name,media::audio,label,tel::interviewer,required\n"
        "select_one yn,q1,q1.wav,Do you drive?,,yes\n"
        "note,go,go.wav,I leave you to the keys now,,\n"
        "select_one yn,s1,s1.wav,,no,yes\n"
        "select_one yn,s2,s2.wav,,no,yes\n"
        "select_one yn,q3,q3.wav,Shall we call again?,,yes\n";
    return spec;
}

Tell types(const char* what, const char* item, const char* text, int request = 0) {
    return {what,
            InterviewerAnswered{
                .request = RequestId(request), .agent = AgentId{1}, .item = item, .text = text}};
}

Tell stored() { return {"durable", "ANSWER_STORED call=$c"}; }

Tell refuses(campaigns::RefusedBy who, bool do_not_call = false) {
    return {"he will not", InterviewBrokenOff{.request = RequestId{8},
                                              .agent = AgentId{1},
                                              .who = who,
                                              .when = campaigns::RefusedWhen::Introduction,
                                              .strength = campaigns::RefusalStrength::Soft,
                                              .reason = "busy",
                                              .note = "dinner",
                                              .do_not_call = do_not_call}};
}

std::vector<StoryStep> joined(std::vector<StoryStep> steps, const std::vector<StoryStep>& more) {
    steps.insert(steps.end(), more.begin(), more.end());
    return steps;
}

TEST(Interviewer, BeginsWhenThePersonIsPutThroughAndNothingIsPlayed) {
    play({Given{"an interviewer", asked_by_agents(), 1}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Never{"a person speaks", {"PLAY"}},
          Expect{"begun",
                 {"BRIDGE contact_call=$c agent_call=$leg1", "SHOW_CONTACT agent=1 call=$c",
                  "STORE_INTERVIEW attempt=$c end=null"}}});
}

TEST(Interviewer, AsksItemByItemEachAnswerDurableBeforeTheNext) {
    play(talking(
        asked_by_agents(),
        {types("read out", "hello", "", 1),
         Expect{"taken", {"REPLY request=1 code=DONE"}},
         types("yes", "q1", "yes", 2),
         Expect{"stored", {"STORE_ANSWERS call=$c", "REPLY request=2 code=DONE"}},
         types("too early", "q2", "40", 3),
         Expect{"the disk is slow", {"REPLY request=3 code=CONFLICT"}},
         stored(),
         types("a slip", "q2", "120", 4),
         Expect{"the message is the page's", {"REPLY request=4 code=REFUSED detail=Under-100"}},
         Never{"nothing stored", {"STORE_ANSWERS"}},
         types("mended", "q2", "12", 5),
         Expect{"stored", {"STORE_ANSWERS call=$c", "REPLY request=5 code=DONE"}},
         stored(),
         Expect{"complete, and the call is up",
                {"STORE_INTERVIEW end.outcome=COMPLETE end.aapor=1.1"}},
         Never{"he says goodbye first", {"HANG_UP"}},
         types("too late", "q2", "13", 6),
         Expect{"it is over", {"REPLY request=6 code=CONFLICT"}},
         Tell{"goodbye", "AGENT_ORDERED agent=1 order=HANG_UP"},
         Expect{"ended", {"STORE_AGENT_STATE state=WRAP_UP", "HANG_UP call=$c"}},
         Tell{"confirmed", "CALL_ENDED call=$c by=US"},
         Expect{"the interview's outcome",
                {"STORE_OUTCOME outcome=INTERVIEW_COMPLETE due=null"}}}));
}

TEST(Interviewer, OfAPageThatLagsAnswersNothing) {
    play(talking(asked_by_agents(), {types("read out", "hello", ""), types("again", "hello", "", 1),
                                     Expect{"q1 is at hand", {"REPLY request=1 code=CONFLICT"}},
                                     Never{"nothing", {"STORE_ANSWERS"}}}));
    play(talking(progressive(), {types("no questionnaire", "q1", "yes", 2),
                                 Expect{"none", {"REPLY request=2 code=NOT_FOUND"}}}));
}

TEST(Interviewer, GoesBackAndLeavesOpen) {
    play(talking(asked_by_agents(),
                 {types("read out", "hello", ""), types("yes", "q1", "1"), stored(),
                  Tell{"a slip", "INTERVIEWER_ORDERED agent=1 order=BACK request=1"},
                  Expect{"back", {"REPLY request=1 code=DONE"}}, types("no", "q1", "2", 2),
                  Expect{"replaced", {"STORE_ANSWERS", "REPLY request=2 code=DONE"}}, stored(),
                  Tell{"he does not know", "INTERVIEWER_ORDERED agent=1 order=DONT_KNOW request=3"},
                  Expect{"kept open", {"STORE_ANSWERS", "REPLY request=3 code=DONE"}}}));
}

TEST(Interviewer, KeepsNotesAndProbes) {
    play(talking(asked_by_agents(),
                 {Tell{"a probe", "INTERVIEWER_NOTED agent=1 probe=true request=1"},
                  Expect{"of the item at hand",
                         {"STORE_INTERVIEW_NOTE item=hello probe=true agent=1",
                          "REPLY request=1 code=DONE"}},
                  Tell{"a note", "INTERVIEWER_NOTED agent=1 item=q2 request=2"},
                  Expect{"of its item", {"STORE_INTERVIEW_NOTE item=q2 probe=false"}},
                  Tell{"of nothing", "INTERVIEWER_NOTED agent=1 item=q9 request=3"},
                  Expect{"unknown", {"REPLY request=3 code=NOT_FOUND"}}}));
}

TEST(Interviewer, TellsWhoRefusedAndTheCallStaysUpForTheGoodbye) {
    play(talking(asked_by_agents(),
                 {types("read out", "hello", ""), refuses(campaigns::RefusedBy::Household),
                  Expect{"on record",
                         {"STORE_REFUSAL who=HOUSEHOLD when=INTRODUCTION strength=SOFT agent=1",
                          "STORE_INTERVIEW end.outcome=REFUSED end.aapor=2.111",
                          "REPLY request=8 code=DONE"}},
                  Never{"not yet", {"HANG_UP"}}, Tell{"he hangs up", "CALL_ENDED call=$c"},
                  Expect{"refused", {"STORE_OUTCOME outcome=INTERVIEW_REFUSED due=null"}}}));
    play(talking(asked_by_agents(),
                 {refuses(campaigns::RefusedBy::Respondent, true),
                  Expect{"and never again",
                         {"STORE_INTERVIEW end.aapor=2.112", "STORE_SUPPRESSION client=1"}}}));
}

// AAPOR: half of the required questions make a partial interview, whatever is said after them.
TEST(Interviewer, CountsWhatWasAnsweredBeforeARefusal) {
    play(
        talking(asked_by_agents(),
                {types("read out", "hello", ""), types("yes", "q1", "yes"), stored(),
                 refuses(campaigns::RefusedBy::Respondent),
                 Expect{"partial", {"STORE_REFUSAL", "STORE_INTERVIEW end.aapor=1.2"}},
                 Tell{"he hangs up", "CALL_ENDED call=$c"},
                 Expect{"not asked again", {"STORE_OUTCOME outcome=INTERVIEW_PARTIAL due=null"}}}));
}

TEST(Interviewer, IsInterruptedWhenThePersonHangsUp) {
    play(talking(asked_by_agents(),
                 {types("read out", "hello", ""), Tell{"gone", "CALL_ENDED call=$c"},
                  Expect{"kept",
                         {"STORE_INTERVIEW end.cause=HUNG_UP", "STORE_AGENT_STATE state=WRAP_UP",
                          "STORE_OUTCOME outcome=INTERVIEW_PARTIAL"}}}));
}

TEST(Interviewer, AnAppointmentBreaksOffAndIsKept) {
    play(talking(asked_by_agents(),
                 {types("read out", "hello", ""),
                  Tell{"tomorrow", "AGENT_DISPOSED agent=1 code=CALLBK due=1767693600000"},
                  Expect{"promised", {"STORE_DISPOSITION", "STORE_CALLBACK contact=1"}},
                  Tell{"goodbye", "AGENT_ORDERED agent=1 order=HANG_UP"},
                  Tell{"confirmed", "CALL_ENDED call=$c by=US"},
                  Expect{"called again then",
                         {"STORE_OUTCOME outcome=INTERVIEW_PARTIAL due=1767693600000"}}}));
}

std::vector<StoryStep> at_keypad_part(std::vector<StoryStep> then) {
    return talking(
        with_keypad_part(),
        joined({types("yes", "q1", "yes"), stored(), types("read out", "go", ""),
                Tell{"by keys", "INTERVIEWER_ORDERED agent=1 order=KEYPAD request=1"},
                Expect{"he is alone with the keypad",
                       {"UNBRIDGE contact_call=$c agent_call=$leg1",
                        "PLAY call=$c playback=$p prompts.0=/s/s1.wav", "REPLY request=1"}}},
               then));
}

// research/surveys.md 7: the agent must not hear the keys, and the person comes back to him.
TEST(Interviewer, GivesToTheKeypadWhatOnlyItAsksAndTakesThePersonBack) {
    play(at_keypad_part({types("meanwhile", "q3", "yes", 2),
                         Expect{"not his turn", {"REPLY request=2 code=CONFLICT"}},
                         Key{"yes", "$c", '1'}, Expect{"stored", {"STORE_ANSWERS"}}, stored(),
                         Expect{"the next", {"PLAY call=$c prompts.0=/s/s2.wav"}},
                         Key{"no", "$c", '2'}, Expect{"stored", {"STORE_ANSWERS"}}, stored(),
                         Expect{"they talk again",
                                {"BRIDGE contact_call=$c agent_call=$leg1",
                                 "TELL_AGENT agent=1 news=KEYPAD_PART_OVER"}},
                         Never{"which he asks himself", {"PLAY"}}, types("yes", "q3", "yes", 3),
                         Expect{"stored", {"STORE_ANSWERS", "REPLY request=3 code=DONE"}}, stored(),
                         Expect{"complete", {"STORE_INTERVIEW end.outcome=COMPLETE"}}}));
}

/// The same, with the part at the end: q1, s1, and what only an interviewer may ask.
campaigns::CampaignSpec with_last_words() {
    auto spec = with_keypad_part();
    spec.questionnaire->sheets.survey =
        "type,name,media::audio,label,tel::interviewer,tel::ivr,required\n"
        "select_one yn,q1,q1.wav,Do you drive?,,,yes\n"
        "select_one yn,s1,s1.wav,,no,,yes\n"
        "select_one yn,q3,,Shall we call again?,,no,yes\n";
    return spec;
}

TEST(Interviewer, IsNotOverBeforeBothHaveAsked) {
    play(talking(
        with_last_words(),
        {types("yes", "q1", "yes"), stored(), types("no", "q3", "no"), stored(),
         Never{"the keypad's part is left", {"STORE_INTERVIEW end.outcome=COMPLETE"}},
         types("nothing", "q3", "yes", 4), Expect{"said", {"REPLY request=4 code=CONFLICT"}},
         Tell{"by keys", "INTERVIEWER_ORDERED agent=1 order=KEYPAD"},
         Expect{"asked", {"PLAY call=$c prompts.0=/s/s1.wav"}}, Key{"yes", "$c", '1'},
         Expect{"stored", {"STORE_ANSWERS"}}, stored(),
         Expect{
             "complete",
             {"STORE_INTERVIEW end.outcome=COMPLETE", "HANG_UP call=$c reason=INTERVIEW_DONE"}}}));
    play(talking(with_last_words(),
                 {types("yes", "q1", "yes"), stored(),
                  Tell{"by keys", "INTERVIEWER_ORDERED agent=1 order=KEYPAD"},
                  Expect{"asked", {"PLAY call=$c prompts.0=/s/s1.wav"}}, Key{"yes", "$c", '1'},
                  Expect{"stored", {"STORE_ANSWERS"}}, stored(),
                  Expect{"his again", {"BRIDGE contact_call=$c agent_call=$leg1"}},
                  types("the last words", "q3", "no", 5),
                  Expect{"stored", {"STORE_ANSWERS", "REPLY request=5 code=DONE"}}, stored(),
                  Expect{"complete", {"STORE_INTERVIEW end.outcome=COMPLETE"}},
                  Never{"he says goodbye", {"HANG_UP"}}}));
}

TEST(Interviewer, HangingUpBeforeTheKeypadsPartIsNoCompleteInterview) {
    play(talking(with_last_words(), {types("yes", "q1", "yes"), stored(), types("no", "q3", "no"),
                                     stored(), Tell{"gone", "CALL_ENDED call=$c"},
                                     Expect{"partial", {"STORE_INTERVIEW end.outcome=PARTIAL"}}}));
}

// tel::max_call_s is the keypad's: the interviewer's minutes do not count.
TEST(Interviewer, IsNotCutShortByTheTimeLimitOfTheLine) {
    auto spec = with_keypad_part();
    spec.questionnaire->sheets.settings = "form_id,tel::max_call_s\ndrivers,60\n";
    play(talking(
        spec, {types("yes", "q1", "yes"), stored(), types("read out", "go", ""),
               Wait{"they talk", 300s}, Tell{"by keys", "INTERVIEWER_ORDERED agent=1 order=KEYPAD"},
               Expect{"asked", {"PLAY call=$c prompts.0=/s/s1.wav"}}, Key{"yes", "$c", '1'},
               Expect{"stored", {"STORE_ANSWERS"}}, stored(),
               Expect{"and on", {"PLAY call=$c prompts.0=/s/s2.wav"}}}));
}

TEST(Interviewer, HasThePersonBackWhenTheStoreFails) {
    play(at_keypad_part({Tell{"the disk is full", "STORE_FAILED"},
                         Expect{"they talk", {"BRIDGE contact_call=$c agent_call=$leg1"}},
                         Never{"no", {"HANG_UP call=$c"}}}));
}

TEST(Interviewer, KeepsTheKeypadsPartOutOfTheRecording) {
    auto spec = with_keypad_part();
    spec.record = true;
    play(talking(spec, {types("yes", "q1", "yes"), stored(), types("read out", "go", ""),
                        Tell{"by keys", "INTERVIEWER_ORDERED agent=1 order=KEYPAD"},
                        Expect{"masked", {"PAUSE_RECORDING call=$c paused=true"}},
                        Tell{"back", "INTERVIEWER_ORDERED agent=1 order=RETURN"},
                        Expect{"recorded", {"PAUSE_RECORDING call=$c paused=false"}}}));
}

TEST(Interviewer, TakesThePersonBackAtWill) {
    play(at_keypad_part(
        {Tell{"back", "INTERVIEWER_ORDERED agent=1 order=RETURN request=2"},
         Expect{"silence, then he", {"STOP_PLAYING call=$c", "BRIDGE contact_call=$c", "REPLY"}},
         Tell{"again", "INTERVIEWER_ORDERED agent=1 order=RETURN request=3"},
         Expect{"he has him", {"REPLY request=3 code=CONFLICT"}},
         types("what is asked by voice", "q3", "no", 4), Expect{"taken", {"REPLY code=DONE"}}}));
}

TEST(Interviewer, WhoHangsUpAtTheKeypadFreesTheAgent) {
    play(at_keypad_part(
        {Tell{"gone", "CALL_ENDED call=$c"},
         Expect{"over",
                {"STORE_INTERVIEW end.cause=HUNG_UP", "STORE_AGENT_STATE agent=1 state=WRAP_UP",
                 "STORE_OUTCOME outcome=INTERVIEW_PARTIAL"}}}));
}

TEST(Interviewer, WhoseAgentIsLostAtTheKeypadAnswersOn) {
    play(at_keypad_part({Tell{"his phone is dead", "CALL_ENDED call=$leg1"},
                         Expect{"he is off", {"STORE_AGENT_STATE agent=1 state=PAUSED"}},
                         Never{"no music", {"HOLD_CALL", "STOP_PLAYING"}}, Key{"yes", "$c", '1'},
                         Expect{"stored", {"STORE_ANSWERS"}}, stored(),
                         Expect{"the next", {"PLAY call=$c prompts.0=/s/s2.wav"}}}));
}

TEST(Interviewer, AnotherAgentGoesOnWhereTheFirstWasLost) {
    play(talking(
        asked_by_agents(),
        {types("read out", "hello", ""), types("yes", "q1", "yes"),
         Tell{"his phone is dead", "CALL_ENDED call=$leg1"},
         Expect{"another takes over", {"BRIDGE contact_call=$c agent_call=$leg2"}}, stored(),
         Tell{"on",
              InterviewerAnswered{
                  .request = RequestId{5}, .agent = AgentId{2}, .item = "q2", .text = "40"}},
         Expect{"taken", {"STORE_ANSWERS", "REPLY request=5 code=DONE"}}, stored(),
         Expect{"one interview", {"STORE_INTERVIEW end.outcome=COMPLETE"}}},
        2));
}

TEST(Interviewer, OnHoldTheLastAnswerIsStoredAndTheLimitStands) {
    play(talking(asked_by_agents(),
                 {types("read out", "hello", ""), types("yes", "q1", "yes"),
                  Tell{"one moment", "AGENT_ORDERED agent=1 order=HOLD"}, stored(),
                  Wait{"two minutes", 120s}, Expect{"said", {"ALERT kind=HOLD_TOO_LONG call=$c"}},
                  types("on", "q2", "40", 2), Expect{"taken", {"REPLY request=2 code=DONE"}}}));
}

TEST(Interviewer, IsToldWhenNothingCanBeKept) {
    play(talking(
        asked_by_agents(),
        {types("read out", "hello", ""), Tell{"the disk is full", "STORE_FAILED"},
         types("yes", "q1", "yes", 2), Expect{"said", {"REPLY request=2 code=REFUSED"}},
         Never{"no", {"STORE_ANSWERS"}}, Tell{"goodbye", "AGENT_ORDERED agent=1 order=HANG_UP"},
         Expect{"he may", {"HANG_UP call=$c"}}}));
}

TEST(Interviewer, OfAFullCellEndsWithoutAWordOnTheLine) {
    auto spec = asked_by_agents();
    spec.questionnaire->sheets.quotas =
        "name,group,expression,target,on_full,message\nDrivers,,${q1} = "
        "'yes',0,end,\nOthers,,${q1} = 'no',5,end,\n";
    play(talking(spec, {types("read out", "hello", ""), types("yes", "q1", "yes"), stored(),
                        Expect{"full", {"STORE_INTERVIEW end.outcome=QUOTA_FULL"}},
                        Never{"he tells him", {"PLAY", "HANG_UP"}}}));
}

// The keypad part first, then the agent: one interview, whose outcome is the attempt's.
TEST(Interviewer, TakesOverFromTheKeypad) {
    auto spec = survey();
    spec.questionnaire->sheets.settings = "form_id,tel::commands\ntwo,agent=*0\n";
    play({Given{"a survey with somebody to ask for", spec, 1}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Expect{"asked", {"PLAY call=$c prompts.0=/s/q1.wav"}}, Key{"a person", "$c", '*'},
          Key{"please", "$c", '0'}, Expect{"he comes", {"BRIDGE contact_call=$c agent_call=$leg1"}},
          types("yes", "q1", "yes", 2), Expect{"stored", {"STORE_ANSWERS"}}, stored(),
          types("12", "q2", "12", 3), Expect{"stored", {"STORE_ANSWERS"}}, stored(),
          Expect{"complete", {"STORE_INTERVIEW end.outcome=COMPLETE"}},
          Tell{"he hangs up", "CALL_ENDED call=$c"},
          Expect{"the interview's", {"STORE_OUTCOME outcome=INTERVIEW_COMPLETE"}}});
}

TEST(Interviewer, WhoIsLostAfterATakeOverLeavesThePersonToTheKeypad) {
    auto spec = survey();
    spec.questionnaire->sheets.settings = "form_id,tel::commands\ntwo,agent=*0\n";
    play({Given{"a survey with somebody to ask for", spec, 1}, Offer{"one contact", 1},
          Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
          Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"},
          Key{"a person", "$c", '*'}, Key{"please", "$c", '0'},
          Expect{"he comes", {"BRIDGE contact_call=$c agent_call=$leg1"}},
          Tell{"his phone is dead", "CALL_ENDED call=$leg1"},
          Expect{"music", {"HOLD_CALL call=$c"}}, Wait{"nobody comes", 30s},
          Expect{"asked by keypad again",
                 {"END_HOLD call=$c", "PLAY call=$c prompts.0=/s/q1.wav"}}});
}

// research/surveys.md 7: a soft check may be overridden with a reason that is stored.
TEST(Interviewer, KeepsTheReasonForAnUnusualAnswer) {
    auto spec = asked_by_agents();
    spec.questionnaire->sheets.survey =
        "type,name,label,tel::soft_constraint,tel::soft_message\n"
        "integer,q1,How old are you?,. <= 99,Over-99\ninteger,q2,And your mother?,,\n";
    const auto says = [](const char* what, const char* text, const char* reason, int request) {
        return Tell{what, InterviewerAnswered{.request = RequestId(request),
                                              .agent = AgentId{1},
                                              .item = "q1",
                                              .text = text,
                                              .overrule = reason}};
    };
    play(talking(spec, {says("unusual", "104", "", 1),
                        Expect{"asked about", {"REPLY request=1 code=REFUSED detail=Over-99"}},
                        Never{"nothing stored", {"STORE_ANSWERS", "STORE_INTERVIEW_NOTE"}},
                        says("with a reason", "104", "she showed her passport", 2),
                        Expect{"both are kept",
                               {"STORE_INTERVIEW_NOTE item=q1 overrule=true probe=false agent=1",
                                "STORE_ANSWERS call=$c agent=1", "REPLY request=2 code=DONE"}}}));
}

TEST(Interviewer, TellsWhoTookDownThatNobodyMayCallAgain) {
    play(talking(asked_by_agents(), {refuses(campaigns::RefusedBy::Respondent, true),
                                     Expect{"by him", {"STORE_SUPPRESSION client=1 agent=1"}}}));
    play(at_keypad_part(
        {Key{"yes", "$c", '1'}, Expect{"by keypad", {"STORE_ANSWERS call=$c agent=0"}}}));
}

campaigns::CampaignSpec survey_with_agents() {
    auto spec = survey();
    spec.questionnaire->sheets.settings =
        "form_id,tel::commands,tel::handover_wait_s,tel::handover_audio\n"
        "two,agent=*0,12,wait.wav\n";
    spec.questionnaire->sheets.survey =
        "type,name,media::audio,label,required\nselect_one yn,q1,q1.wav,,yes\n"
        "integer,q9,,Spoken,\n";
    return spec;
}

std::vector<StoryStep> wants_an_agent(std::vector<StoryStep> then) {
    return joined(
        {Given{"a survey with somebody to ask for", survey_with_agents(), 1},
         Offer{"one contact", 1}, Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
         Tell{"durable", "ATTEMPT_STORED attempt=$c"}, Tell{"answered", "CALL_ANSWERED call=$c"}},
        then);
}

// research/surveys.md 7: no agent in time: the offer to go on or to be called, never dropped.
TEST(Interviewer, OffersTheKeypadOrACallBackWhereNoAgentComes) {
    const auto asks = [](std::vector<StoryStep> then) {
        return wants_an_agent(
            joined({Tell{"a break", "AGENT_ORDERED agent=1 order=PAUSE"},
                    Key{"a person", "$c", '*'}, Key{"please", "$c", '0'},
                    Expect{"the offer", {"STOP_PLAYING call=$c", "PLAY call=$c"}}},
                   then));
    };
    play(asks({Key{"by keypad", "$c", '1'},
               Expect{"where he was", {"PLAY call=$c prompts.0=/s/q1.wav"}},
               Never{"no promise", {"STORE_CALLBACK", "HANG_UP"}}}));
    play(asks(
        {Key{"a call", "$c", '2'},
         Expect{"promised",
                {"PLAY call=$c playback=$p", "STORE_CALLBACK contact=1 attempt=$c agent=0 due=$d"}},
         Tell{"he hears it", "PLAYBACK_ENDED call=$c playback=$p"},
         Expect{"kept", {"STORE_INTERVIEW end.cause=CALL_BACK", "HANG_UP call=$c"}},
         Tell{"confirmed", "CALL_ENDED call=$c by=US"},
         Expect{"in half an hour", {"STORE_OUTCOME outcome=INTERVIEW_PARTIAL due=$d"}}}));
}

// Who was promised an agent's call has him first; the page says why.
TEST(Interviewer, HasWhoWasPromisedHimBeforeAnythingIsAsked) {
    const campaigns::ContactOffer offer{
        .contact = ContactId{1},
        .number = NumberId{1},
        .destination_allowed = true,
        .promised = campaigns::PromisedCall{CallbackId{71}, AgentId{}, UtcTime{}}};
    const ContactsOffered offered{.campaign = CampaignId{1}, .offers = {offer}, .next_due = {}};
    const auto called = [&](std::vector<StoryStep> then) {
        return joined({Given{"a survey with somebody to ask for", survey_with_agents(), 1},
                       Tell{"he was promised a call", offered},
                       Expect{"stored", {"STORE_ATTEMPT attempt=$c"}},
                       Tell{"durable", "ATTEMPT_STORED attempt=$c"}},
                      then);
    };
    play(called(
        {Tell{"answered", "CALL_ANSWERED call=$c"},
         Expect{"he has him", {"STORE_INTERVIEW", "BRIDGE contact_call=$c agent_call=$leg1"}},
         Never{"nothing asked by keypad", {"PLAY"}}}));
    play(called({Tell{"a break", "AGENT_ORDERED agent=1 order=PAUSE"},
                 Tell{"answered", "CALL_ANSWERED call=$c"},
                 Expect{"asked by keypad", {"PLAY call=$c prompts.0=/s/q1.wav"}}}));
}

TEST(Interviewer, IsWaitedForAsLongAsTheFormSays) {
    play(wants_an_agent(
        {Key{"a person", "$c", '*'}, Key{"please", "$c", '0'},
         Expect{"he comes", {"BRIDGE contact_call=$c agent_call=$leg1"}},
         Tell{"his phone is dead", "CALL_ENDED call=$leg1"},
         Expect{"the form's music", {"HOLD_CALL call=$c prompt=/s/wait.wav"}}, Wait{"not yet", 11s},
         Never{"still music", {"END_HOLD", "PLAY"}}, Wait{"nobody comes", 1s},
         Expect{"the offer", {"END_HOLD call=$c", "PLAY call=$c"}}, Key{"a call", "$c", '2'},
         Expect{"promised", {"STORE_CALLBACK contact=1 attempt=$c agent=0"}}}));
}

}  // namespace
}  // namespace bellwether::engine::story
