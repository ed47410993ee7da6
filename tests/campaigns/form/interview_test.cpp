#include "campaigns/form/interview.h"

#include "tests/campaigns/form/example.h"
#include "tests/campaigns/form/line.h"

namespace bellwether::campaigns::form {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Interview, GoesFromPromptToKeyToStore) {
    Line line{recorded()};
    EXPECT_THAT(line.step.play, ElementsAre("hi.wav"));
    line.hear();
    EXPECT_THAT(line.step.play, ElementsAre("a.wav"));
    line.hear();
    EXPECT_EQ(line.step.listen, 8s);
    line.press("4");
    EXPECT_EQ(line.step.listen, 2s);
    line.press("2");
    line.wait();
    EXPECT_EQ(line.stored(), "SETTLE hi= PLAYED;SETTLE a=42 ANSWERED;");
    line.store();
    EXPECT_THAT(line.step.play, ElementsAre("b.wav"));
    line.press("1");
    EXPECT_TRUE(line.step.stop_prompt);
    EXPECT_EQ(line.stored(), "SETTLE b=yes ANSWERED;");
    line.store();
    EXPECT_THAT(line.step.play, ElementsAre("bye.wav"));
    line.hear();
    EXPECT_EQ(line.step.end, (InterviewEnd{Outcome::Complete, "1.1", EndCause::LastItem}));
}

TEST(Interview, GoesOnAtTheRightQuestion) {
    const Form form = form_of(worked_example());
    InterviewState state;
    const std::vector<StoredAnswer> earlier{{"hello", "", Settled::Played},
                                            {"shop", "yes"},
                                            {"times", "2"},
                                            {"visit[1]/spent", "5"},
                                            {"of_another_version", "1"}};
    const InterviewStep step =
        begin(form, state, {.now = "", .language = "en", .contact = {}, .tel = {}}, earlier);
    EXPECT_EQ(key_of(form, state.item), "visit[2]/spent");
    EXPECT_FALSE(step.play.empty());
}

TEST(Interview, ClosesAGroupWhoseQuotaIsFull) {
    Line line{form_asking(
        "type,name,label\ninteger,a,A\nbegin_group,g,G\ninteger,b,B\nend_group,,\ninteger,c,C\n")};
    line.press("1#");
    line.step = close_group(line.form, line.state, find_row(line.form, "g"));
    line.store();
    EXPECT_EQ(line.at(), "c");
    EXPECT_EQ(end_by_quota(line.form, line.state, Outcome::QuotaFull).end,
              (InterviewEnd{Outcome::QuotaFull, "4.80", EndCause::Quota}));
}

TEST(Interview, TakesWhatAnInterviewerTypes) {
    InterviewFacts facts{
        .now = "", .language = "en", .mode = Mode::Interviewer, .contact = {}, .tel = {}};
    Line line{form_of(worked_example()), std::move(facts)};
    EXPECT_THAT(line.step.play, IsEmpty());
    line.step = answer_typed(line.form, line.state, "");  // the note was read out
    EXPECT_EQ(line.at(), "shop");
    line.step = answer_typed(line.form, line.state, "");
    EXPECT_TRUE(line.step.rejected.has_value());
    line.step = answer_typed(line.form, line.state, "yes");
    EXPECT_EQ(line.stored(), "SETTLE hello= PLAYED;SETTLE shop=yes ANSWERED;");
    line.store();
    line.step = answer_typed(line.form, line.state, "7");
    EXPECT_TRUE(line.step.rejected.has_value());
    line.step = command_given(line.form, line.state, Command::Refuse);
    EXPECT_EQ(line.stored(), "SETTLE times= REFUSED;");
    line.store();
    line.step = change_mode(line.form, line.state, Mode::Line);
    EXPECT_FALSE(line.step.play.empty());
    EXPECT_EQ(break_off(line.form, line.state, "2.111").end,
              (InterviewEnd{Outcome::Partial, "1.2", EndCause::BrokenOff}));
}

TEST(Interview, KeepsTheCodeOfARefusalBeforeMuchWasAnswered) {
    InterviewFacts facts{
        .now = "", .language = "en", .mode = Mode::Interviewer, .contact = {}, .tel = {}};
    Line line{form_of(worked_example()), std::move(facts)};
    line.step = answer_typed(line.form, line.state, "");
    EXPECT_EQ(break_off(line.form, line.state, "2.111").end,
              (InterviewEnd{Outcome::Refused, "2.111", EndCause::BrokenOff}));
}

// surveys.md 7: the sensitive part stands before the item at hand, which both modes ask.
TEST(Interview, AsksWhatOnlyTheNewModeAsksBeforeTheItemAtHand) {
    Line line{form_asking("type,name,label,tel::interviewer\nnote,go,Go,\ninteger,s,S,no\n"
                          "integer,b,B,\n"),
              {.now = "", .mode = Mode::Interviewer, .contact = {}, .tel = {}}};
    line.step = answer_typed(line.form, line.state, "");
    EXPECT_EQ(line.at(), "b");
    line.step = change_mode(line.form, line.state, Mode::Line);
    EXPECT_EQ(line.at(), "s");
    line.press("4#");
    line.store();
    EXPECT_EQ(line.at(), "b");
}

// An interviewer is the agent that could be asked for: nobody would ever come.
TEST(Interview, GoesOnWhereAnInterviewerAsksForAnAgent) {
    Line line{recorded(),
              {.now = "", .mode = Mode::Interviewer, .agents = true, .contact = {}, .tel = {}}};
    line.step = answer_typed(line.form, line.state, "");
    line.step = command_given(line.form, line.state, Command::Agent);
    EXPECT_FALSE(line.step.agent);
    EXPECT_TRUE(line.step.rejected.has_value());
    line.step = answer_typed(line.form, line.state, "4");
    EXPECT_EQ(line.stored(), "SETTLE hi= PLAYED;SETTLE a=4 ANSWERED;");
}

// What was pressed ahead for the second question must not answer the one that comes after the
// interviewer has asked it.
TEST(Interview, ForgetsKeysPressedAheadWhenTheModeChanges) {
    Line line{form_asking("type,name,label\ninteger,a,A\ninteger,b,B\ninteger,c,C\ninteger,d,D\n")};
    line.press("1#");
    line.press("7#");  // ahead, while the first answer is on its way to the disk
    line.step = change_mode(line.form, line.state, Mode::Interviewer);
    line.store();
    EXPECT_EQ(line.at(), "b");
    line.step = answer_typed(line.form, line.state, "2");
    line.step = change_mode(line.form, line.state, Mode::Line);
    line.store();
    EXPECT_EQ(line.at(), "c");
    EXPECT_EQ(line.state.phase, Phase::Prompting);
    EXPECT_FALSE(line.step.play.empty());
    EXPECT_EQ(line.stored(), "");
}

// surveys.md 7, Keys: a soft check may be overridden with a reason.
TEST(Interview, TakesAnUnusualAnswerForAReason) {
    Line line{form_asking("type,name,label,constraint,tel::soft_constraint,tel::soft_message\n"
                          "integer,a,A,. <= 99,. <= 20,So many?\ninteger,b,B,,,\n"),
              {.now = "", .mode = Mode::Interviewer, .contact = {}, .tel = {}}};
    line.step = answer_typed(line.form, line.state, "30");
    EXPECT_EQ(line.step.rejected, "So many?");
    EXPECT_TRUE(line.step.unusual);
    line.step = answer_typed(line.form, line.state, "100", "he is sure");
    EXPECT_TRUE(line.step.rejected.has_value());
    EXPECT_FALSE(line.step.unusual) << "the hard check is never overruled";
    line.step = answer_typed(line.form, line.state, "30", "he is sure");
    EXPECT_TRUE(line.step.overruled);
    EXPECT_EQ(line.stored(), "SETTLE a=30 ANSWERED;");
    line.store();
    line.step = answer_typed(line.form, line.state, "5", "no need");
    EXPECT_FALSE(line.step.overruled);
    EXPECT_EQ(line.stored(), "SETTLE b=5 ANSWERED;");
}

TEST(Interview, ASoftConstraintNeverClearsAnAnswer) {
    Line line{form_asking("type,name,label,tel::soft_constraint\ninteger,a,A,\n"
                          "integer,b,B,. <= ${a}\n"),
              {.now = "", .mode = Mode::Interviewer, .contact = {}, .tel = {}}};
    for (const char* text : {"9", "5"}) {
        line.step = answer_typed(line.form, line.state, text);
        line.store();
    }
    EXPECT_EQ(line.state.phase, Phase::Ended);
    EXPECT_THAT(answers_of(line.form, line.state), testing::SizeIs(2));
}

}  // namespace
}  // namespace bellwether::campaigns::form
