#include "campaigns/interview.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bellwether::campaigns {
namespace {

using Prompts = std::vector<std::string>;

Question note(const std::string& name) { return {.name = name, .prompt = name + ".wav"}; }

Question yes_no(const std::string& name) {
    return {.type = QuestionType::SelectOne,
            .name = name,
            .prompt = name + ".wav",
            .choices = {{.key = '1', .value = "yes"}, {.key = '2', .value = "no"}},
            .timeout = std::chrono::seconds{5},
            .retries = 2};
}

Question number(const std::string& name, std::int64_t min, std::int64_t max) {
    return {.type = QuestionType::Integer,
            .name = name,
            .prompt = name + ".wav",
            .min = min,
            .max = max,
            .terminator = '#',
            .timeout = std::chrono::seconds{4},
            .retries = 1};
}

/// Plays a questionnaire and remembers the last step, so that a test reads as a dialogue.
class Dialogue {
public:
    explicit Dialogue(std::vector<Question> questions,
                      std::optional<char> opt_out_key = std::nullopt) {
        form_.questions = std::move(questions);
        form_.invalid_prompt = "invalid.wav";
        form_.opt_out_key = opt_out_key;
        form_.opt_out_prompt = "gone.wav";
        step = begin(form_, state);
    }

    Dialogue& prompt_over() { return took(prompt_ended(form_, state)); }
    Dialogue& silence() { return took(timed_out(form_, state)); }
    Dialogue& stored() { return took(answer_stored(form_, state)); }
    Dialogue& opted_out() { return took(opt_out_stored(form_, state)); }
    Dialogue& hang_up() {
        hung_up(form_, state);
        return took({});
    }
    Dialogue& keys(const std::string& pressed) {
        for (const char key : pressed) took(key_pressed(form_, state, key));
        return *this;
    }

    [[nodiscard]] std::string value() const { return step.store ? step.store->value : "nothing"; }
    [[nodiscard]] bool silent() const {
        return !step.stop_prompt && step.play.empty() && !step.listen && !step.store &&
               !step.opt_out && !step.end;
    }
    Questionnaire& form() { return form_; }

    InterviewState state;
    InterviewStep step;

private:
    Dialogue& took(InterviewStep taken) {
        step = std::move(taken);
        return *this;
    }
    Questionnaire form_;
};

TEST(Interview, RunsFromTheFirstNoteToTheLast) {
    Dialogue talk{{note("hello"), yes_no("voted"), number("age", 18, 99), note("bye")}};
    EXPECT_EQ(talk.step.play, Prompts{"hello.wav"});
    EXPECT_EQ(talk.prompt_over().step.play, Prompts{"voted.wav"});
    EXPECT_EQ(talk.prompt_over().step.listen, std::chrono::seconds{5});
    talk.keys("2");
    ASSERT_TRUE(talk.step.store.has_value());
    EXPECT_EQ(talk.step.store->question, "voted");
    EXPECT_EQ(talk.step.store->value, "no");
    EXPECT_FALSE(talk.step.stop_prompt);
    EXPECT_TRUE(talk.step.play.empty());  // not before the answer is durable
    EXPECT_EQ(talk.stored().step.play, Prompts{"age.wav"});
    talk.prompt_over().keys("4");
    EXPECT_EQ(talk.step.listen, std::chrono::seconds{4});
    EXPECT_EQ(talk.keys("2#").value(), "42");
    EXPECT_EQ(talk.stored().step.play, Prompts{"bye.wav"});
    EXPECT_EQ(talk.state.phase, InterviewPhase::Closing);
    EXPECT_EQ(talk.prompt_over().step.end, InterviewEnd::Complete);
    EXPECT_EQ(talk.state.answers, 2);
}

TEST(Interview, WithoutAClosingNoteEndsWithTheLastAnswer) {
    Dialogue talk{{yes_no("voted")}};
    talk.keys("1");
    EXPECT_EQ(talk.stored().step.end, InterviewEnd::Complete);
}

TEST(Interview, PlaysNotesInARowAtOnce) {
    Dialogue talk{{note("hello"), note("terms"), yes_no("voted"), note("thanks"), note("bye")}};
    EXPECT_EQ(talk.step.play, (Prompts{"hello.wav", "terms.wav"}));
    talk.prompt_over().keys("1");
    EXPECT_EQ(talk.stored().step.play, (Prompts{"thanks.wav", "bye.wav"}));
}

TEST(Interview, AKeyDuringALeadingNoteSkipsToTheQuestion) {
    Dialogue talk{{note("hello"), note("terms"), yes_no("voted")}};
    talk.keys("1");
    EXPECT_TRUE(talk.step.stop_prompt);
    EXPECT_EQ(talk.step.play, Prompts{"voted.wav"});
    EXPECT_FALSE(talk.step.store.has_value());
}

TEST(Interview, AKeyCutsTheQuestionsPromptShort) {
    Dialogue talk{{yes_no("voted")}};
    talk.keys("1");
    EXPECT_TRUE(talk.step.stop_prompt);
    EXPECT_EQ(talk.value(), "yes");
}

TEST(Interview, AWrongKeyAsksAgainWithTheInvalidPrompt) {
    Dialogue talk{{yes_no("voted")}};
    talk.keys("7");
    EXPECT_TRUE(talk.step.stop_prompt);
    EXPECT_EQ(talk.step.play, (Prompts{"invalid.wav", "voted.wav"}));
    EXPECT_EQ(talk.state.asked_again, 1);
    EXPECT_EQ(talk.keys("1").value(), "yes");  // and may be answered over the invalid prompt
}

TEST(Interview, WithoutAnInvalidPromptJustAsksAgain) {
    Dialogue talk{{yes_no("voted")}};
    talk.form().invalid_prompt.reset();
    EXPECT_EQ(talk.keys("7").step.play, Prompts{"voted.wav"});
}

TEST(Interview, SilenceAsksAgainWithoutTheInvalidPrompt) {
    Dialogue talk{{yes_no("voted")}};
    EXPECT_EQ(talk.prompt_over().silence().step.play, Prompts{"voted.wav"});
    EXPECT_EQ(talk.state.asked_again, 1);
}

TEST(Interview, EndsPartialAfterItsRetries) {
    Dialogue talk{{yes_no("voted")}};
    talk.prompt_over().silence().keys("9");  // asked again twice
    EXPECT_FALSE(talk.step.end.has_value());
    talk.prompt_over().silence();
    EXPECT_EQ(talk.step.end, InterviewEnd::Partial);
    EXPECT_TRUE(talk.step.play.empty());
    EXPECT_EQ(talk.state.phase, InterviewPhase::Ended);
}

TEST(Interview, CountsRetriesPerQuestion) {
    Dialogue talk{{yes_no("first"), yes_no("second")}};
    talk.keys("99").keys("1").stored();
    EXPECT_EQ(talk.state.asked_again, 0);
    EXPECT_FALSE(talk.keys("99").step.end.has_value());
}

TEST(InterviewNumber, EndsWithSilenceAfterADigit) {
    Dialogue talk{{number("age", 18, 99)}};
    EXPECT_EQ(talk.prompt_over().keys("42").silence().value(), "42");
}

TEST(InterviewNumber, StoresTheNumberNotTheKeys) {
    Dialogue talk{{number("age", 0, 999)}};
    EXPECT_EQ(talk.keys("007#").value(), "7");
}

TEST(InterviewNumber, OutOfRangeIsInvalid) {
    for (const char* typed : {"17#", "100", "*", "#", "4*"}) {
        Dialogue talk{{number("age", 18, 99)}};
        talk.keys(typed);
        EXPECT_EQ(talk.step.play, (Prompts{"invalid.wav", "age.wav"})) << typed;
        EXPECT_TRUE(talk.state.digits.empty()) << typed;
    }
    Dialogue talk{{number("age", 18, 99)}};
    EXPECT_EQ(talk.keys("1").silence().step.play, (Prompts{"invalid.wav", "age.wav"}));
}

TEST(InterviewNumber, TakesTheGreatestNumbersThereAre) {
    Dialogue talk{{number("big", 0, INT64_MAX)}};
    EXPECT_EQ(talk.keys("9223372036854775807#").value(), "9223372036854775807");
    Dialogue over{{number("big", 0, INT64_MAX)}};
    EXPECT_EQ(over.keys("9999999999999999999#").value(), "nothing");
}

TEST(InterviewEarlyKeys, AnswerTheNextQuestionWithoutItsPrompt) {
    Dialogue talk{{yes_no("first"), note("between"), yes_no("second"), number("age", 0, 99)}};
    talk.keys("1").keys("2");
    EXPECT_TRUE(talk.silent());  // waits for the disk
    talk.stored();
    EXPECT_TRUE(talk.step.play.empty());
    ASSERT_TRUE(talk.step.store.has_value());
    EXPECT_EQ(talk.step.store->question, "second");
    EXPECT_EQ(talk.value(), "no");
    EXPECT_EQ(talk.state.answers, 1);
    EXPECT_EQ(talk.stored().step.play, Prompts{"age.wav"});
}

TEST(InterviewEarlyKeys, ServeSeveralQuestionsInTurn) {
    Dialogue talk{{yes_no("a"), yes_no("b"), yes_no("c")}};
    talk.keys("1212");
    EXPECT_EQ(talk.stored().value(), "no");
    EXPECT_EQ(talk.stored().value(), "yes");
    EXPECT_EQ(talk.stored().step.end, InterviewEnd::Complete);
}

TEST(InterviewEarlyKeys, BeginANumberThatIsTypedOn) {
    Dialogue talk{{yes_no("a"), number("age", 18, 99)}};
    talk.keys("14").stored();
    EXPECT_TRUE(talk.step.play.empty());
    EXPECT_EQ(talk.step.listen, std::chrono::seconds{4});
    EXPECT_EQ(talk.keys("2#").value(), "42");
}

TEST(InterviewEarlyKeys, ThatMeanNothingAreDroppedWithoutBlame) {
    Dialogue talk{{yes_no("a"), yes_no("b")}};
    talk.keys("1#7").stored();
    EXPECT_EQ(talk.step.play, Prompts{"b.wav"});
    EXPECT_EQ(talk.state.asked_again, 0);
    EXPECT_TRUE(talk.state.early_keys.empty());
}

TEST(InterviewEarlyKeys, AreAtMostEight) {
    Dialogue talk{{yes_no("a"), yes_no("b")}};
    talk.keys("1").keys(std::string(20, '3'));
    EXPECT_EQ(talk.state.early_keys.size(), 8U);
}

TEST(InterviewOptOut, WorksDuringNoteQuestionNumberAndStoring) {
    for (const char* before : {"", "5", "51", "514"}) {  // skip the note; answer; type
        Dialogue talk{{note("hello"), yes_no("voted"), number("age", 0, 99)}, '*'};
        talk.keys(before);
        if (talk.state.phase == InterviewPhase::Storing && std::string{before} == "514")
            talk.stored();
        talk.keys("*");
        EXPECT_TRUE(talk.step.opt_out) << before;
        EXPECT_FALSE(talk.step.store.has_value()) << before;
        EXPECT_EQ(talk.state.phase, InterviewPhase::OptingOut) << before;
        EXPECT_EQ(talk.opted_out().step.play, Prompts{"gone.wav"}) << before;
        EXPECT_EQ(talk.prompt_over().step.end, InterviewEnd::OptedOut) << before;
    }
}

TEST(InterviewOptOut, SilencesThePromptAndThenTakesNoMoreKeys) {
    Dialogue talk{{yes_no("voted")}, '9'};
    EXPECT_TRUE(talk.keys("9").step.stop_prompt);
    EXPECT_TRUE(talk.keys("1").silent());
    EXPECT_TRUE(talk.keys("9").silent());
}

TEST(InterviewOptOut, WithoutAConfirmationEndsOnceItIsDurable) {
    Dialogue talk{{yes_no("voted")}, '9'};
    talk.form().opt_out_prompt.reset();
    EXPECT_EQ(talk.keys("9").opted_out().step.end, InterviewEnd::OptedOut);
}

TEST(InterviewOptOut, StillCountsAnAnswerOnItsWayToTheDisk) {
    Dialogue talk{{yes_no("a"), yes_no("b")}, '9'};
    talk.keys("19").stored();
    EXPECT_TRUE(talk.silent());
    EXPECT_EQ(talk.state.answers, 1);
    EXPECT_EQ(talk.opted_out().step.play, Prompts{"gone.wav"});
}

TEST(InterviewOptOut, StandsWhenThePersonHangsUpBeforeTheConfirmation) {
    Dialogue before{{yes_no("voted")}, '9'};
    EXPECT_EQ(before.keys("9").hang_up().state.end, InterviewEnd::OptedOut);
    EXPECT_TRUE(before.opted_out().silent());
    Dialogue during{{yes_no("voted"), note("bye")}, '9'};
    EXPECT_EQ(during.keys("9").opted_out().hang_up().state.end, InterviewEnd::OptedOut);
}

TEST(InterviewOptOut, IsOverOnceTheClosingNotePlays) {
    Dialogue talk{{yes_no("voted"), note("bye")}, '9'};
    talk.keys("1").stored();
    EXPECT_TRUE(talk.keys("9").silent());
    EXPECT_EQ(talk.prompt_over().step.end, InterviewEnd::Complete);
}

TEST(InterviewHangUp, IsPartialUntilEverythingIsAnswered) {
    const std::vector<Question> questions{note("hello"), yes_no("a"), yes_no("b"), note("bye")};
    EXPECT_EQ(Dialogue{questions}.hang_up().state.end, InterviewEnd::Partial);
    EXPECT_EQ(Dialogue{questions}.prompt_over().hang_up().state.end, InterviewEnd::Partial);
    EXPECT_EQ(Dialogue{questions}.keys("01").hang_up().state.end, InterviewEnd::Partial);
    EXPECT_EQ(Dialogue{questions}.keys("01").stored().hang_up().state.end, InterviewEnd::Partial);
    Dialogue last{questions};
    EXPECT_EQ(last.keys("01").stored().keys("2").hang_up().state.end, InterviewEnd::Complete);
    EXPECT_EQ(last.stored().state.answers, 2);
    Dialogue closing{questions};
    closing.keys("01").stored().keys("2").stored();
    EXPECT_EQ(closing.hang_up().state.end, InterviewEnd::Complete);
}

TEST(InterviewHangUp, AfterTheEndChangesNothing) {
    Dialogue talk{{yes_no("voted")}};
    talk.prompt_over().silence().silence().prompt_over().silence().prompt_over().silence();
    ASSERT_EQ(talk.state.end, InterviewEnd::Partial);
    talk.keys("1").prompt_over().hang_up();
    EXPECT_EQ(talk.state.end, InterviewEnd::Partial);
    EXPECT_EQ(talk.state.answers, 0);
}

TEST(Interview, StaleEventsChangeNothing) {
    Dialogue talk{{yes_no("voted")}};
    EXPECT_TRUE(talk.silence().silent());    // no timer runs while the prompt plays
    EXPECT_TRUE(talk.stored().silent());     // nothing was stored
    EXPECT_TRUE(talk.opted_out().silent());  // nobody opted out
    talk.prompt_over();
    EXPECT_TRUE(talk.prompt_over().silent());
    EXPECT_EQ(talk.state.phase, InterviewPhase::Listening);
    EXPECT_EQ(talk.state.answers, 0);
}

TEST(Interview, OfNotesAloneIsCompleteOnceTheyAreHeard) {
    Dialogue talk{{note("hello")}};
    EXPECT_EQ(talk.step.play, Prompts{"hello.wav"});
    EXPECT_EQ(talk.prompt_over().step.end, InterviewEnd::Complete);
}

}  // namespace
}  // namespace bellwether::campaigns
