#include "campaigns/interview.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "base/check.h"

namespace bellwether::campaigns {
namespace {

constexpr std::size_t kEarlyKeysMax = 8;  // InterviewState::early_keys

bool is_digit(char key) { return key >= '0' && key <= '9'; }

bool is_note(const Question& question) { return question.type == QuestionType::Note; }

/// The first question at or after `from` that wants an answer; questions.size() if there is none.
std::size_t next_answerable(const Questionnaire& questionnaire, std::size_t from) {
    const auto& questions = questionnaire.questions;
    const auto found = std::find_if_not(questions.begin() + static_cast<std::ptrdiff_t>(from),
                                        questions.end(), is_note);
    return static_cast<std::size_t>(found - questions.begin());
}

/// Questions before `question` that want an answer: as many answers as have been given.
int answerable_before(const Questionnaire& questionnaire, std::size_t question) {
    const auto& questions = questionnaire.questions;
    const auto notes = std::count_if(
        questions.begin(), questions.begin() + static_cast<std::ptrdiff_t>(question), is_note);
    return static_cast<int>(question) - static_cast<int>(notes);
}

const Question& current(const Questionnaire& questionnaire, const InterviewState& state) {
    BW_CHECK(state.question < questionnaire.questions.size());
    return questionnaire.questions[state.question];
}

void play_range(const Questionnaire& questionnaire, std::size_t from, std::size_t to,
                InterviewStep& step) {
    for (std::size_t i = from; i < to; ++i) step.play.push_back(questionnaire.questions[i].prompt);
}

/// Nothing typed outlives its use: it is personal data, and the state goes into snapshots.
void forget_keys(InterviewState& state) {
    state.digits.clear();
    state.early_keys.clear();
}

void finish(InterviewState& state, InterviewEnd end, InterviewStep& step) {
    forget_keys(state);
    state.phase = InterviewPhase::Ended;
    state.end = end;
    step.end = end;
}

void ask(const Questionnaire& questionnaire, InterviewState& state, InterviewStep& step) {
    state.phase = InterviewPhase::Prompting;
    state.digits.clear();
    step.play.push_back(current(questionnaire, state).prompt);
}

void listen(const Question& question, InterviewState& state, InterviewStep& step) {
    state.phase = InterviewPhase::Listening;
    step.listen = question.timeout;
}

void accept(const Question& question, std::string value, InterviewState& state,
            InterviewStep& step) {
    state.phase = InterviewPhase::Storing;
    state.digits.clear();
    step.store = InterviewStep::Answer{.question = question.name, .value = std::move(value)};
}

/// Asks once more, or ends the interview if that was once too often.
void ask_again(const Questionnaire& questionnaire, InterviewState& state, InterviewStep& step) {
    if (state.asked_again >= current(questionnaire, state).retries) {
        finish(state, InterviewEnd::Partial, step);
        return;
    }
    ++state.asked_again;
    ask(questionnaire, state, step);
}

void reject(const Questionnaire& questionnaire, InterviewState& state, InterviewStep& step) {
    if (questionnaire.invalid_prompt) step.play.push_back(*questionnaire.invalid_prompt);
    ask_again(questionnaire, state, step);
    if (step.end) step.play.clear();
}

/// The typed number if it is one and in range. At most 19 digits come here (too_long), so it fits.
std::optional<std::uint64_t> typed_number(const Question& question, const std::string& digits) {
    if (digits.empty()) return std::nullopt;
    std::uint64_t value = 0;
    for (const char digit : digits) value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    const auto min = static_cast<std::uint64_t>(question.min);
    const auto max = static_cast<std::uint64_t>(question.max);
    if (value < min || value > max) return std::nullopt;
    return value;
}

bool too_long(const Question& question, const std::string& digits) {
    return digits.size() > std::to_string(question.max).size();
}

/// What one key means to a question.
enum class KeyEffect { Accepted, Typing, Invalid };

/// Gives `key` to `question`; on Accepted the step stores the answer.
KeyEffect take_key(const Question& question, char key, InterviewState& state, InterviewStep& step) {
    if (question.type == QuestionType::SelectOne) {
        const auto choice = std::ranges::find(question.choices, key, &Choice::key);
        if (choice == question.choices.end()) return KeyEffect::Invalid;
        accept(question, choice->value, state, step);
        return KeyEffect::Accepted;
    }
    if (key == question.terminator) {
        const auto number = typed_number(question, state.digits);
        if (!number) return KeyEffect::Invalid;
        accept(question, std::to_string(*number), state, step);
        return KeyEffect::Accepted;
    }
    if (!is_digit(key)) return KeyEffect::Invalid;
    state.digits.push_back(key);
    return too_long(question, state.digits) ? KeyEffect::Invalid : KeyEffect::Typing;
}

/// Keys pressed while the last answer was stored go to the next question. A key that means nothing
/// there is dropped without blame: the person has not heard the question.
/// @return true if the question is answered or being typed, so that its prompt is not needed.
bool use_early_keys(const Question& question, InterviewState& state, InterviewStep& step) {
    while (!state.early_keys.empty()) {
        const char key = state.early_keys.front();
        state.early_keys.erase(0, 1);
        const KeyEffect effect = take_key(question, key, state, step);
        if (effect == KeyEffect::Accepted) return true;
        if (effect == KeyEffect::Invalid) state.digits.clear();
    }
    if (state.digits.empty()) return false;
    listen(question, state, step);
    return true;
}

/// Goes on from state.question, which has not been played yet: notes, the question after them, or
/// the end.
void advance(const Questionnaire& questionnaire, InterviewState& state, InterviewStep& step) {
    const std::size_t first = state.question;
    const std::size_t target = next_answerable(questionnaire, first);
    state.asked_again = 0;
    state.digits.clear();
    if (target == questionnaire.questions.size()) {
        state.question = target;
        state.early_keys.clear();
        if (first == target) return finish(state, InterviewEnd::Complete, step);
        state.phase = InterviewPhase::Closing;
        play_range(questionnaire, first, target, step);
        return;
    }
    if (!state.early_keys.empty()) {
        const Question& question = questionnaire.questions[target];
        if (use_early_keys(question, state, step)) {
            state.question = target;
            return;
        }
    }
    if (first == target) return ask(questionnaire, state, step);
    state.phase =
        InterviewPhase::Prompting;  // state.question stays at the first note until they are heard
    play_range(questionnaire, first, target, step);
}

void skip_notes(const Questionnaire& questionnaire, InterviewState& state, InterviewStep& step) {
    state.question = next_answerable(questionnaire, state.question);
    ask(questionnaire, state, step);
}

void begin_opt_out(InterviewState& state, InterviewStep& step) {
    step.stop_prompt = state.phase == InterviewPhase::Prompting;
    step.opt_out = true;
    if (state.phase == InterviewPhase::Storing) ++state.question;  // that one was answered
    state.phase = InterviewPhase::OptingOut;
    state.opted_out = true;
    forget_keys(state);
}

void answer_by_key(const Questionnaire& questionnaire, InterviewState& state, char key,
                   InterviewStep& step) {
    step.stop_prompt = state.phase == InterviewPhase::Prompting;
    const Question& question = current(questionnaire, state);
    if (is_note(question)) return skip_notes(questionnaire, state, step);
    switch (take_key(question, key, state, step)) {
        case KeyEffect::Accepted:
            break;
        case KeyEffect::Typing:
            listen(question, state, step);
            break;
        case KeyEffect::Invalid:
            reject(questionnaire, state, step);
            break;
    }
}

}  // namespace

InterviewStep begin(const Questionnaire& questionnaire, InterviewState& state) {
    state = InterviewState{};
    InterviewStep step;
    advance(questionnaire, state, step);
    return step;
}

InterviewStep prompt_ended(const Questionnaire& questionnaire, InterviewState& state) {
    InterviewStep step;
    if (state.phase == InterviewPhase::Closing) {
        finish(state, state.opted_out ? InterviewEnd::OptedOut : InterviewEnd::Complete, step);
    } else if (state.phase == InterviewPhase::Prompting) {
        const Question& question = current(questionnaire, state);
        if (is_note(question)) {
            skip_notes(questionnaire, state, step);
        } else {
            listen(question, state, step);
        }
    }
    return step;
}

InterviewStep key_pressed(const Questionnaire& questionnaire, InterviewState& state, char key) {
    InterviewStep step;
    const bool answering =
        state.phase == InterviewPhase::Prompting || state.phase == InterviewPhase::Listening;
    const bool storing = state.phase == InterviewPhase::Storing;
    if (!answering && !storing) return step;

    if (questionnaire.opt_out_key == key) {
        begin_opt_out(state, step);
    } else if (answering) {
        answer_by_key(questionnaire, state, key, step);
    } else if (state.early_keys.size() < kEarlyKeysMax) {
        state.early_keys.push_back(key);
    }
    return step;
}

InterviewStep timed_out(const Questionnaire& questionnaire, InterviewState& state) {
    InterviewStep step;
    if (state.phase != InterviewPhase::Listening) return step;

    const Question& question = current(questionnaire, state);
    if (state.digits.empty()) {
        ask_again(questionnaire, state, step);
    } else if (const auto number = typed_number(question, state.digits)) {
        accept(question, std::to_string(*number), state, step);
    } else {
        reject(questionnaire, state, step);
    }
    return step;
}

InterviewStep answer_stored(const Questionnaire& questionnaire, InterviewState& state) {
    InterviewStep step;
    if (state.phase == InterviewPhase::Storing) {
        ++state.answers;
        ++state.question;
        advance(questionnaire, state, step);
    } else if (state.answers < answerable_before(questionnaire, state.question)) {
        ++state.answers;  // opted out or hung up while it was on its way to the disk
    }
    return step;
}

InterviewStep opt_out_stored(const Questionnaire& questionnaire, InterviewState& state) {
    InterviewStep step;
    if (state.phase != InterviewPhase::OptingOut) return step;
    if (!questionnaire.opt_out_prompt) {
        finish(state, InterviewEnd::OptedOut, step);
        return step;
    }
    state.phase = InterviewPhase::Closing;
    step.play.push_back(*questionnaire.opt_out_prompt);
    return step;
}

void hung_up(const Questionnaire& questionnaire, InterviewState& state) {
    if (state.phase == InterviewPhase::Ended) return;
    if (state.phase == InterviewPhase::Storing) ++state.question;  // that one was answered
    forget_keys(state);
    const bool all_answered =
        next_answerable(questionnaire, state.question) == questionnaire.questions.size();
    state.phase = InterviewPhase::Ended;
    state.end = state.opted_out ? InterviewEnd::OptedOut
                : all_answered  ? InterviewEnd::Complete
                                : InterviewEnd::Partial;
}

}  // namespace bellwether::campaigns
