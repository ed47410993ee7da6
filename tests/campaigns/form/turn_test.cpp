#include "campaigns/form/turn.h"

#include "tests/campaigns/form/example.h"
#include "tests/campaigns/form/line.h"

namespace bellwether::campaigns::form {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

TEST(Turn, AsksThreeTimesInAll) {
    Line line{recorded()};
    line.hear();
    line.hear();
    line.wait();
    EXPECT_THAT(line.step.play, ElementsAre("a.wav"));  // all recordings: no words of the program
    line.press("#");                                    // empty at a required question
    EXPECT_EQ(line.state.failures, 2);
    line.hear();
    line.wait();
    EXPECT_EQ(line.step.end, (InterviewEnd{Outcome::Refused, "2.12", EndCause::TriesUsedUp}));
}

TEST(Turn, RecordsOpenAnswers) {
    Line line{form_asking(
        "type,name,label,tel::max_s,tel::silence_s\ntext,why,Why?,30,2\ninteger,a,A,,\n")};
    line.hear();
    ASSERT_TRUE(line.step.record.has_value());
    EXPECT_EQ(line.step.record->key, "why");
    EXPECT_EQ(line.step.record->max, 30s);
    EXPECT_EQ(line.step.record->silence, 2s);
    line.step = recording_ended(line.form, line.state, "r1", 100ms);  // too short to be words
    EXPECT_EQ(line.state.failures, 1);
    line.hear();
    line.press("#");
    EXPECT_TRUE(line.step.stop_recording);
    line.step = recording_ended(line.form, line.state, "r2", 3s);
    EXPECT_EQ(line.stored(), "SETTLE why=r2 RECORDED;");
    line.store();
    EXPECT_EQ(line.at(), "a");
}

TEST(Turn, EndsAfterTwoQuestionsWithoutAnyKey) {
    Line line{
        form_asking("type,name,label,tel::retries\ninteger,a,A,0\ninteger,b,B,0\ninteger,c,C,0\n")};
    line.hear();
    line.wait();
    EXPECT_EQ(line.stored(), "SETTLE a= NO_INPUT;");
    line.store();
    line.hear();
    line.wait();
    EXPECT_EQ(line.step.end->cause, EndCause::Silence);
}

// Who presses a key in between has not gone: research/surveys.md 2.4, "no key ever pressed".
TEST(Turn, DoesNotTakeForGoneWhoGoesBackInBetween) {
    Line line{
        form_asking("type,name,label,tel::retries\ninteger,a,A,0\ninteger,b,B,0\ninteger,c,C,0\n")};
    line.hear();
    line.wait();
    line.store();
    line.hear();
    line.press("*2");
    EXPECT_EQ(line.at(), "a");
    line.hear();
    line.wait();
    EXPECT_EQ(line.state.end, std::nullopt);
    EXPECT_EQ(line.at(), "b");
}

TEST(Turn, SaysThatTheTimeIsUpBeforeTheNextQuestion) {
    Line line{form_asking("type,name,label\ninteger,a,A\ninteger,b,B\n")};
    line.hear();
    end_after_item(line.state);
    EXPECT_EQ(line.state.phase, Phase::Listening) << "what was asked may be answered";
    line.answer("1#");
    EXPECT_EQ(line.state.phase, Phase::Closing);
    EXPECT_EQ(line.step.play.size(), 1U);
    EXPECT_FALSE(line.step.barge_after.has_value()) << "no key cuts it short";
    EXPECT_FALSE(line.step.end.has_value());
    line.hear();
    EXPECT_EQ(line.step.end, (InterviewEnd{Outcome::Partial, "1.2", EndCause::TimeLimit}));
}

TEST(Turn, GoesOnToItsThanksWhenOnlyTheyAreLeftOfTheTime) {
    Line line{recorded()};
    line.hear();
    line.answer("1#");
    line.press("1");
    end_after_item(line.state);
    line.store();
    EXPECT_EQ(line.at(), "bye");
    line.hear();
    EXPECT_EQ(line.step.end, (InterviewEnd{Outcome::Complete, "1.1", EndCause::LastItem}));
}

// Recordings alone: the program has no voice in which to say it.
TEST(Turn, EndsWithoutAWordOfItsOwnWhereTheFormSpeaksNone) {
    Line line{recorded()};
    line.hear();
    end_after_item(line.state);
    line.answer("1#");
    EXPECT_EQ(line.step.end, (InterviewEnd{Outcome::Partial, "1.2", EndCause::TimeLimit}));
    EXPECT_TRUE(line.step.play.empty());
}

TEST(Turn, WhoHangsUpWhileItIsSaidHasEndedByTheTime) {
    Line line{form_asking("type,name,label\ninteger,a,A\ninteger,b,B\n")};
    line.hear();
    end_after_item(line.state);
    line.answer("1#");
    line.step = hung_up(line.form, line.state);
    EXPECT_EQ(line.step.end->cause, EndCause::TimeLimit);
}

TEST(Turn, CountsAsCompleteWhoHangsUpAtTheThanks) {
    Line line{recorded()};
    line.hear();
    line.answer("1#");
    line.press("1");
    Line storing = line;
    (void)hung_up(storing.form, storing.state);
    EXPECT_EQ(storing.state.end->outcome, Outcome::Complete);
    line.store();
    (void)hung_up(line.form, line.state);
    EXPECT_EQ(line.state.end->outcome, Outcome::Complete);
    Line early{recorded()};
    (void)hung_up(early.form, early.state);
    EXPECT_EQ(early.state.end->outcome, Outcome::Refused);
}

TEST(Turn, ClearsWhatAnEarlierAnswerOvertakes) {
    Line line{form_of(worked_example())};
    line.hear();
    line.answer("1");
    line.answer("2#");
    line.answer("10#");
    line.answer("20#");
    EXPECT_EQ(line.at(), "dept");
    line.press("*2*2*2");
    EXPECT_EQ(line.at(), "times");
    line.press("1#");
    EXPECT_EQ(line.stored(), "SETTLE times=1 ANSWERED;CLEAR visit[2]/spent=20 ANSWERED;");
    line.store();
    EXPECT_EQ(line.at(), "dept");
}

}  // namespace
}  // namespace bellwether::campaigns::form
