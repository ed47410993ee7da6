// What keys do (turn_keys.cpp), by way of whole interviews.

#include "campaigns/form/speech.h"
#include "tests/campaigns/form/example.h"
#include "tests/campaigns/form/line.h"

namespace bellwether::campaigns::form {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(TurnKeys, UsesKeysPressedWhileTheAnswerIsStored) {
    Line line{recorded()};
    line.hear();
    line.press("42#");
    line.press("91");
    line.store();  // 9 means nothing at b and is dropped; 1 is the answer
    EXPECT_THAT(line.step.play, IsEmpty());
    EXPECT_EQ(line.stored(), "SETTLE b=yes ANSWERED;");
}

TEST(TurnKeys, ObeysCommands) {
    Line line{form_of(worked_example())};
    line.hear();
    line.press("*");
    EXPECT_EQ(line.step.listen, 2s);
    line.wait();
    EXPECT_FALSE(line.step.play.empty());  // repeated, no try used
    EXPECT_EQ(line.state.failures, 0);
    line.press("*5");
    EXPECT_EQ(line.state.failures, 1);
    line.press("*7");
    EXPECT_EQ(line.stored(), "SETTLE hello= PLAYED;SETTLE shop= DK;");
    line.store();
    EXPECT_EQ(line.at(), "times");
    line.press("*2");
    EXPECT_EQ(line.at(), "shop");
    EXPECT_TRUE(line.state.again);
    line.press("*0");
    EXPECT_TRUE(line.step.agent);
    EXPECT_EQ(line.state.phase, Phase::Handover);
    EXPECT_EQ(line.state.handover, HandoverReason::Wanted);
    line.step = agent_unavailable(line.form, line.state);
    EXPECT_EQ(line.state.asking, Asking::NoAgent);
    EXPECT_THAT(line.step.play, SizeIs(1));
    line.hear();
    line.press("1");
    EXPECT_EQ(line.at(), "shop");
    EXPECT_FALSE(line.step.play.empty());
    EXPECT_FALSE(line.step.call_back);
}

// surveys.md 7: no agent in time: by keypad or a call back, never dropped silently.
TEST(TurnKeys, GoesOnByKeypadInSilenceAndCallsBackWhoWantsIt) {
    Line line{form_asking("type,name,label\ninteger,a,A\ninteger,b,B\n")};
    line.press("*0");
    line.step = agent_unavailable(line.form, line.state);
    line.hear();
    line.wait();
    EXPECT_EQ(line.at(), "a");
    EXPECT_EQ(line.state.phase, Phase::Prompting);
    line.press("*0");
    EXPECT_EQ(line.state.failures, 1) << "nobody is asked for twice";
    Line other{form_asking("type,name,label\ninteger,a,A\ninteger,b,B\n")};
    other.press("*0");
    other.step = agent_unavailable(other.form, other.state);
    other.press("2");
    EXPECT_TRUE(other.step.call_back);
    EXPECT_EQ(other.state.phase, Phase::Closing);
    other.hear();
    EXPECT_EQ(other.step.end, (InterviewEnd{Outcome::Refused, "2.12", EndCause::CallBack}));
}

// Whoever was lost before anything was asked on the line leaves the first open item to the keypad.
TEST(TurnKeys, OffersTheSameToWhoLosesHisInterviewer) {
    Line line{form_asking("type,name,label\ninteger,a,A\ninteger,b,B\n"),
              {.now = "", .mode = Mode::Interviewer, .agents = true, .contact = {}, .tel = {}}};
    line.step = answer_typed(line.form, line.state, "4");
    line.store();
    line.step = agent_lost(line.form, line.state);
    EXPECT_EQ(line.state.asking, Asking::NoAgent);
    EXPECT_THAT(line.step.play, SizeIs(1));
    line.hear();
    line.press("1");
    EXPECT_EQ(line.at(), "b");
    EXPECT_EQ(line.state.phase, Phase::Prompting);
    line.press("*0");
    EXPECT_EQ(line.state.failures, 1) << "nobody is there any more";
}

// An answer on its way to the disk, and the keypad's own part, go on as they stand.
TEST(TurnKeys, GoesOnByKeypadWhereNobodyWaitsForAnInterviewer) {
    Line line{form_asking("type,name,label\ninteger,a,A\ninteger,b,B\n"),
              {.now = "", .mode = Mode::Interviewer, .contact = {}, .tel = {}}};
    line.step = answer_typed(line.form, line.state, "4");
    line.step = agent_lost(line.form, line.state);
    line.store();
    EXPECT_EQ(line.at(), "b");
    EXPECT_EQ(line.state.phase, Phase::Prompting);
    line.step = agent_lost(line.form, line.state);
    EXPECT_EQ(line.state.phase, Phase::Prompting);
}

// Who was told that an agent would call him is not asked by keypad first.
TEST(TurnKeys, SeeksThePromisedAgentBeforeTheFirstItem) {
    const InterviewFacts facts{
        .now = "", .agents = true, .promised_agent = true, .contact = {}, .tel = {}};
    Line line{form_asking("type,name,label\nnote,hi,Hi\ninteger,a,A\n"), facts};
    EXPECT_TRUE(line.step.agent);
    EXPECT_THAT(line.step.play, SizeIs(0));
    EXPECT_EQ(line.state.handover, HandoverReason::Promised);
    line.step = agent_unavailable(line.form, line.state);
    line.hear();
    line.press("1");
    EXPECT_EQ(line.at(), "hi");
    line.hear();
    EXPECT_EQ(line.at(), "a");
    EXPECT_FALSE(line.step.agent) << "he is sought once";
}

TEST(TurnKeys, StartsByKeypadWhereNobodyServesWhoWasPromisedAnAgent) {
    Line line{form_asking("type,name,label\ninteger,a,A\n"),
              {.now = "", .promised_agent = true, .contact = {}, .tel = {}}};
    EXPECT_FALSE(line.step.agent);
    EXPECT_EQ(line.at(), "a");
}

TEST(TurnKeys, TheMessageIsHeardWhenTheFirstQuestionComes) {
    const auto form = [] { return form_asking("type,name,label\nnote,hi,Hi\ninteger,a,A\n"); };
    Line line{form()};
    EXPECT_FALSE(has_heard_message(line.state));
    line.hear();
    EXPECT_TRUE(has_heard_message(line.state));
    Line cut{form()};
    cut.press("5");
    EXPECT_EQ(cut.at(), "a");
    EXPECT_FALSE(has_heard_message(cut.state));
    Line again{form()};
    again.press("*");
    again.wait();
    again.hear();
    EXPECT_TRUE(has_heard_message(again.state)) << "it was played once more";
    Line told{form(), {.now = "", .mode = Mode::Interviewer, .contact = {}, .tel = {}}};
    told.step = answer_typed(told.form, told.state, "");
    EXPECT_FALSE(has_heard_message(told.state)) << "nothing was played";
}

Form with_soft_check(const std::string& retries = "2") {
    return form_asking(
        "type,name,label,constraint,tel::soft_constraint,tel::soft_message,tel::retries\n"
        "integer,a,A,. <= 99,. <= 20,So many," +
        retries + "\ninteger,b,B,,,,\n");
}

TEST(TurnKeys, AsksAboutAnUnusualEntryAndTakesTheSameAgain) {
    Line line{with_soft_check()};
    line.press("30#");
    EXPECT_EQ(line.state.phase, Phase::Prompting);
    EXPECT_EQ(line.step.play.front(), reference_of({"en", "So many"}));
    EXPECT_EQ(line.stored(), "");
    line.press("30#");
    EXPECT_EQ(line.stored(), "SETTLE a=30 ANSWERED;");
    Line corrected{with_soft_check()};
    corrected.press("30#");
    corrected.press("3#");
    EXPECT_EQ(corrected.stored(), "SETTLE a=3 ANSWERED;");
}

TEST(TurnKeys, AsksAboutEachUnusualEntryWhileThereAreTries) {
    Line line{with_soft_check()};
    line.press("30#");
    line.press("40#");
    EXPECT_EQ(line.stored(), "");
    line.press("100#");  // impossible, and the third try
    EXPECT_EQ(line.stored(), "SETTLE a=40 ANSWERED;") << "what was asked about last stands";
    Line once{with_soft_check("0")};
    once.press("30#");
    EXPECT_EQ(once.stored(), "SETTLE a=30 ANSWERED;") << "there is no try to ask in";
}

TEST(TurnKeys, KeepsAnUnusualEntryOfWhomIsSilentThen) {
    Line line{with_soft_check("1")};
    line.press("30#");
    line.hear();
    line.wait();
    EXPECT_EQ(line.stored(), "SETTLE a=30 ANSWERED;");
    line.store();
    EXPECT_EQ(line.at(), "b");
}

TEST(TurnKeys, ConfirmsTheOptOutAndCarriesItOutEvenInSilence) {
    Line line{form_of(worked_example())};
    line.hear();
    line.press("*9");
    EXPECT_EQ(line.state.asking, Asking::OptOut);
    line.press("2");
    EXPECT_EQ(line.at(), "shop");
    EXPECT_EQ(line.state.asking, Asking::Item);
    line.press("*9");
    line.hear();
    line.wait();
    EXPECT_TRUE(line.step.opt_out);
    line.step = opt_out_stored(line.form, line.state);
    EXPECT_THAT(line.step.play, SizeIs(1));
    line.hear();
    EXPECT_EQ(line.step.end, (InterviewEnd{Outcome::Refused, "2.112", EndCause::OptOut}));
}

TEST(TurnKeys, OptsOutWhoHangsUpAtTheConfirmation) {
    Line line{form_of(worked_example())};
    line.hear();
    line.press("*9");
    line.step = hung_up(line.form, line.state);
    EXPECT_TRUE(line.step.opt_out);
    EXPECT_EQ(line.state.end->outcome, Outcome::Refused);
}

TEST(TurnKeys, TakesTheOldOptOutKeyAtOnce) {
    Form form = form_of({.survey = "type,name,label,audio\nnote,hi,Hi,hi.wav\ninteger,a,A,a.wav\n",
                         .choices = {},
                         .settings = "tel::opt_out_key,tel::opt_out_audio\n*,out.wav\n"});
    Line line{std::move(form)};
    line.press("*");
    EXPECT_TRUE(line.step.opt_out);
    line.step = opt_out_stored(line.form, line.state);
    EXPECT_THAT(line.step.play, ElementsAre("out.wav"));
}

TEST(TurnKeys, LeavesARecordingForACommand) {
    Line line{form_asking("type,name,label\ninteger,a,A\ntext,why,Why?\n")};
    line.answer("1#");
    line.hear();
    line.press("*");
    EXPECT_TRUE(line.step.discard_recording);
    line.step = recording_ended(line.form, line.state, "r1", 3s);
    EXPECT_THAT(line.step.store, IsEmpty());
    line.press("2");
    EXPECT_EQ(line.at(), "a");
}

TEST(TurnKeys, DropsKeysDuringAPromptThatMayNotBeCut) {
    Line line{form_asking("type,name,label,tel::barge\ninteger,a,A,no\ninteger,b,B,after:2\n")};
    EXPECT_FALSE(line.step.barge_after.has_value());
    line.press("5");
    EXPECT_EQ(line.state.phase, Phase::Prompting);
    EXPECT_TRUE(line.state.keys.empty());
    line.hear();
    line.answer("5#");
    EXPECT_EQ(line.step.barge_after, 2s);
}

TEST(TurnKeys, ReadsAnEntryBack) {
    Line line{form_asking("type,name,label,tel::confirm\ninteger,a,A,yes\ninteger,b,B,\n")};
    line.press("42#");
    EXPECT_EQ(line.state.asking, Asking::Confirm);
    EXPECT_THAT(line.step.play, SizeIs(3));
    line.press("2");
    EXPECT_EQ(line.state.asking, Asking::Item);
    line.press("43#");
    line.hear();
    line.press("1");
    EXPECT_EQ(line.stored(), "SETTLE a=43 ANSWERED;");
}

TEST(TurnKeys, ChangesTheLanguageByKeyAndByAnswer) {
    Line line{form_of(
        {.survey = "type,name,label::English (en),label::Magyar (hu),label::Nederlands (nl)\n"
                   "select_one l,lang,Language?,Nyelv?,Taal?\ninteger,a,A,A,A\n",
         .choices = "list_name,name\nl,en\nl,hu\nl,nl\n",
         .settings = "tel::language_question,tel::languages\nlang,en nl\n"})};
    line.press("*3");
    EXPECT_EQ(line.step.language, "nl");
    EXPECT_EQ(line.step.play.front(), reference_of({"nl", "Taal?"}));
    line.press("2");
    EXPECT_EQ(line.step.language, "hu");
    EXPECT_EQ(
        line.stored(),
        "KEEP tel.language=nl ANSWERED;KEEP tel.language=hu ANSWERED;SETTLE lang=hu ANSWERED;");
    line.store();
    EXPECT_EQ(line.step.play.front(), reference_of({"hu", "A"}));
}

// The further attempt begins in the language that he chose, also if he answered nothing in it.
TEST(TurnKeys, KeepsTheLanguageOfWhoHangsUp) {
    const Form form = form_of({.survey = "type,name,label::English (en),label::Nederlands (nl)\n"
                                         "integer,a,A,A\ninteger,b,B,B\n",
                               .choices = {},
                               .settings = {}});
    Line line{form};
    line.press("*3");
    EXPECT_EQ(line.step.language, "nl");
    line.step = hung_up(form, line.state);
    EXPECT_EQ(line.stored(), "KEEP tel.language=nl ANSWERED;");
    InterviewState again;
    const std::vector<StoredAnswer> earlier{
        {.key = "tel.language", .value = "nl", .how = Settled::Answered, .kept = true}};
    const auto step = begin(form, again, {}, earlier);
    EXPECT_EQ(step.play.front(), reference_of({"nl", "A"}));
    EXPECT_EQ(answers_of(form, again).size(), 0U);  // it is no answer of his
}

TEST(TurnKeys, LeavesAnItemThatTheNewLanguageDoesNotAsk) {
    Line line{form_of(
        {.survey = "type,name,label::English (en),label::Magyar (hu),relevant,repeat_count\n"
                   "begin_repeat,r,R,R,${tel.language} = 'en',2\ninteger,a,A,A,,\nend_repeat,,,,,\n"
                   "integer,b,B,B,,\n",
         .choices = {},
         .settings = {}})};
    line.press("*3");
    EXPECT_EQ(line.at(), "b");
}

}  // namespace
}  // namespace bellwether::campaigns::form
