// Laws of the interview: whatever the person does and whenever the disk answers.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "campaigns/interview.h"

namespace bellwether::campaigns {
namespace {

constexpr int kRetriesMax = 3;
constexpr int kDigitsMax = 4;

Question any_question(int index) {
    Question question{.type = *rc::gen::element(QuestionType::Note, QuestionType::SelectOne,
                                                QuestionType::Integer),
                      .name = "q" + std::to_string(index),
                      .prompt = "q" + std::to_string(index) + ".wav",
                      .retries = *rc::gen::inRange(0, kRetriesMax + 1)};
    if (question.type == QuestionType::SelectOne) {
        const int choices = *rc::gen::inRange(1, 6);
        for (int i = 1; i <= choices; ++i) {
            question.choices.push_back(
                {.key = static_cast<char>('0' + i), .value = "c" + std::to_string(i)});
        }
    }
    question.max = *rc::gen::inRange(1, 10'000);
    question.min = *rc::gen::inRange<std::int64_t>(0, question.max + 1);
    return question;
}

Questionnaire any_form() {
    Questionnaire form;
    const int count = *rc::gen::inRange(1, 6);
    for (int i = 0; i < count; ++i) form.questions.push_back(any_question(i));
    if (*rc::gen::arbitrary<bool>()) form.invalid_prompt = "invalid.wav";
    if (*rc::gen::arbitrary<bool>()) form.opt_out_key = '*';
    if (*rc::gen::arbitrary<bool>()) form.opt_out_prompt = "gone.wav";
    return form;
}

enum class Happening { PromptEnded, Key, Silence, Stored, OptOutStored, HungUp };

Happening any_happening() {
    return *rc::gen::weightedElement<Happening>({{4, Happening::PromptEnded},
                                                 {8, Happening::Key},
                                                 {2, Happening::Silence},
                                                 {4, Happening::Stored},
                                                 {2, Happening::OptOutStored},
                                                 {1, Happening::HungUp}});
}

char any_key() { return *rc::gen::elementOf(std::string{"0123456789*#123"}); }

InterviewStep happen(const Questionnaire& form, InterviewState& state, Happening what) {
    switch (what) {
        case Happening::PromptEnded:
            return prompt_ended(form, state);
        case Happening::Key:
            return key_pressed(form, state, any_key());
        case Happening::Silence:
            return timed_out(form, state);
        case Happening::Stored:
            return answer_stored(form, state);
        case Happening::OptOutStored:
            return opt_out_stored(form, state);
        case Happening::HungUp:
            break;
    }
    hung_up(form, state);
    return {};
}

bool is_empty(const InterviewStep& step) {
    return !step.stop_prompt && step.play.empty() && !step.listen && !step.store && !step.opt_out &&
           !step.end;
}

/// Is this something the question may hold?
bool fits(const Question& question, const std::string& value) {
    if (question.type == QuestionType::SelectOne) {
        return std::ranges::find(question.choices, value, &Choice::value) != question.choices.end();
    }
    const auto number = std::stoll(value);
    return question.type == QuestionType::Integer && number >= question.min &&
           number <= question.max && std::to_string(number) == value;
}

std::size_t index_of(const Questionnaire& form, const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(form.questions, name, &Question::name) -
                                    form.questions.begin());
}

RC_GTEST_PROP(InterviewLaw, AnswersAreValidInOrderAndOneAtATime, ()) {
    const Questionnaire form = any_form();
    InterviewState state;
    InterviewStep step = begin(form, state);
    std::size_t next_question = 0;  // no answer may come for one before it
    int given = 0;
    bool outstanding = false;
    for (int i = 0; i < 60; ++i) {
        if (step.store) {
            RC_ASSERT(!outstanding);
            const std::size_t index = index_of(form, step.store->question);
            RC_ASSERT(index >= next_question);
            RC_ASSERT(fits(form.questions.at(index), step.store->value));
            for (std::size_t skipped = next_question; skipped < index; ++skipped) {
                RC_ASSERT(form.questions[skipped].type == QuestionType::Note);
            }
            next_question = index + 1;
            ++given;
            outstanding = true;
        }
        const Happening what = any_happening();
        if (what == Happening::Stored) outstanding = false;
        step = happen(form, state, what);
        RC_ASSERT(state.answers == given - (outstanding ? 1 : 0));
        RC_ASSERT(state.early_keys.size() <= 8);
        RC_ASSERT(state.digits.size() <= kDigitsMax);
    }
}

RC_GTEST_PROP(InterviewLaw, EveryStepIsConsistent, ()) {
    const Questionnaire form = any_form();
    InterviewState state;
    InterviewStep step = begin(form, state);
    bool opted_out = false;
    bool ended = false;
    for (int i = 0; i < 60; ++i) {
        RC_ASSERT(!ended || is_empty(step));
        ended = ended || state.phase == InterviewPhase::Ended;
        opted_out = opted_out || step.opt_out;
        RC_ASSERT(ended == state.end.has_value());
        RC_ASSERT(!step.end || step.end == state.end);
        RC_ASSERT(!ended || opted_out == (state.end == InterviewEnd::OptedOut));
        RC_ASSERT(!step.listen || state.phase == InterviewPhase::Listening);
        RC_ASSERT(!step.store || state.phase == InterviewPhase::Storing);
        RC_ASSERT(!step.opt_out || (form.opt_out_key && state.phase == InterviewPhase::OptingOut));
        const bool plays =
            state.phase == InterviewPhase::Prompting || state.phase == InterviewPhase::Closing;
        RC_ASSERT(step.play.empty() || plays);
        step = happen(form, state, any_happening());
    }
}

RC_GTEST_PROP(InterviewLaw, CompleteMeansThatEveryQuestionWasAnswered, ()) {
    const Questionnaire form = any_form();
    InterviewState state;
    InterviewStep step = begin(form, state);
    int given = 0;
    for (int i = 0; i < 80 && state.phase != InterviewPhase::Ended; ++i) {
        if (step.store) ++given;
        step = happen(form, state, any_happening());
    }
    if (step.store) ++given;
    const auto wanted = std::ranges::count_if(form.questions, [](const Question& question) {
        return question.type != QuestionType::Note;
    });
    if (!state.end || *state.end == InterviewEnd::OptedOut) return;
    RC_ASSERT((*state.end == InterviewEnd::Complete) == (given == wanted));
}

/// What the engine owes the interview in its phase: nothing else ever happens to a person who is
/// silent.
Happening owed(InterviewPhase phase) {
    switch (phase) {
        case InterviewPhase::Listening:
            return Happening::Silence;
        case InterviewPhase::Storing:
            return Happening::Stored;
        case InterviewPhase::OptingOut:
            return Happening::OptOutStored;
        default:
            return Happening::PromptEnded;
    }
}

RC_GTEST_PROP(InterviewLaw, EndsWithinBoundsWhateverIsPressed, ()) {
    const Questionnaire form = any_form();
    // Each question is asked at most retries + 1 times; each time its prompt ends, digits are
    // typed, and a key or silence settles it; then it is stored. Notes end, and so do an opt-out
    // and its prompt.
    const int per_asking = 1 + kDigitsMax + 1;
    const int bound =
        static_cast<int>(form.questions.size()) * (2 + (kRetriesMax + 1) * per_asking) + 4;
    InterviewState state;
    (void)begin(form, state);
    int effective = 0;
    while (state.phase != InterviewPhase::Ended) {
        const bool takes_keys =
            state.phase == InterviewPhase::Prompting || state.phase == InterviewPhase::Listening;
        const int early = takes_keys ? 0 : *rc::gen::inRange(0, 4);
        for (int i = 0; i < early; ++i) (void)key_pressed(form, state, any_key());
        const bool presses = takes_keys && *rc::gen::arbitrary<bool>();
        (void)happen(form, state, presses ? Happening::Key : owed(state.phase));
        ++effective;
        RC_ASSERT(effective <= bound);
    }
}

}  // namespace
}  // namespace bellwether::campaigns
