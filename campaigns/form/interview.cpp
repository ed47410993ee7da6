#include "campaigns/form/interview.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "campaigns/form/commit.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/turn.h"

namespace bellwether::campaigns::form {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTimeoutOptOut{5000};   // whoever says nothing has opted out
constexpr milliseconds kTimeoutConfirm{5000};  // source: research/surveys.md 2.2, one key

InterviewEnd quota_end(Outcome outcome) {
    const bool screened = outcome == Outcome::Screened;
    return {.outcome = screened ? Outcome::Screened : Outcome::QuotaFull,
            .aapor = screened ? "4.70" : "4.80",
            .cause = EndCause::Quota};
}

}  // namespace

InterviewStep Turn::begin(InterviewFacts facts, std::span<const StoredAnswer> earlier) {
    state_ = InterviewState{};
    state_.answers.facts = std::move(facts);
    restore(form_, state_.answers, earlier);
    state_.unsaved = set_defaults(form_, state_.answers);
    append(state_.unsaved, clear_overtaken(form_, state_.answers));
    go_on();
    return std::move(step_);
}

InterviewStep Turn::prompt_ended() {
    if (state_.phase == Phase::Closing) finish(state_.closing ? *state_.closing : opt_out_end());
    if (state_.phase != Phase::Prompting) return std::move(step_);
    if (state_.asking == Asking::OptOut) {
        listen(kTimeoutOptOut);
    } else if (state_.asking == Asking::Confirm || state_.asking == Asking::NoAgent) {
        listen(kTimeoutConfirm);
    } else if (is_played(row())) {
        note_heard();
    } else if (is_recorded(row())) {
        record();
    } else {
        listen(timeout());
    }
    return std::move(step_);
}

InterviewStep Turn::key_pressed(char key) {
    if (state_.phase == Phase::Storing) {
        early_key(key);
    } else if (state_.phase == Phase::Recording) {
        key_while_recording(key);
    } else if (state_.phase == Phase::Prompting || state_.phase == Phase::Listening) {
        key_at_item(key);
    }
    return std::move(step_);
}

InterviewStep Turn::timed_out() {
    if (state_.phase != Phase::Listening) return std::move(step_);
    if (state_.keys.empty() && state_.asking == Asking::Item) {
        fail(Settled::NoInput);
    } else {
        conclude(std::exchange(state_.keys, {}));
    }
    return std::move(step_);
}

InterviewStep Turn::entry_made(std::string_view keys) {
    if (state_.phase != Phase::Prompting && state_.phase != Phase::Listening) return {};
    step_.stop_prompt = state_.phase == Phase::Prompting;
    state_.phase = Phase::Listening;
    if (!keys.empty()) note_key();
    if (keys.empty()) {
        fail(Settled::NoInput);
    } else {
        conclude(std::string{keys});
    }
    return std::move(step_);
}

InterviewStep Turn::recording_ended(std::string_view id, milliseconds length) {
    if (state_.phase != Phase::Recording) return {};
    if (length < row().line.record_min) {
        fail(Settled::NoInput);
    } else {
        settle(Settled::Recorded, std::string{id});
    }
    return std::move(step_);
}

InterviewStep Turn::answer_stored() {
    if (state_.phase == Phase::Storing) present_next();
    return std::move(step_);
}

InterviewStep Turn::opt_out_stored() {
    if (state_.phase != Phase::OptingOut) return {};
    state_.closing.reset();
    step_.play = opted_out_prompts(form_, language());
    if (step_.play.empty() || state_.answers.facts.mode == Mode::Interviewer) {
        step_.play.clear();
        finish(opt_out_end());
    } else {
        state_.phase = Phase::Closing;
        step_.barge_after.reset();
    }
    return std::move(step_);
}

InterviewStep Turn::agent_unavailable() {
    if (state_.phase != Phase::Handover) return {};
    state_.answers.facts.agents = false;
    auto prompts = built_in_prompts(form_, language(), BuiltIn::NoAgent);
    if (prompts.empty()) {
        go_on_without_agent();
        return std::move(step_);
    }
    state_.asking = Asking::NoAgent;
    state_.phase = Phase::Prompting;
    step_.play = std::move(prompts);
    return std::move(step_);
}

InterviewStep Turn::agent_lost() {
    const bool waits = state_.phase == Phase::Listening || state_.phase == Phase::Handover;
    if (!by_interviewer() || !waits) return change_mode(Mode::Line);
    state_.answers.facts.mode = Mode::Line;
    state_.phase = Phase::Handover;
    return agent_unavailable();
}

InterviewStep Turn::hung_up() {
    if (state_.phase == Phase::Ended) return {};
    if (state_.asking == Asking::OptOut && !state_.opted_out) {
        step_.opt_out = true;
        state_.opted_out = true;
    }
    finish(end_at_hang_up());
    step_.play.clear();
    return std::move(step_);
}

InterviewStep Turn::answer_typed(std::string_view text, std::string_view overrule) {
    if (state_.phase != Phase::Listening && state_.phase != Phase::Prompting) return {};
    if (is_played(row())) {
        note_heard();
        return std::move(step_);
    }
    note_key();
    if (asks_for_instance()) {
        const bool yes = text == "1" || text == "yes";
        if (yes || text == "2" || text == "no") {
            settle(Settled::Answered, yes ? "yes" : "no");
        } else {
            step_.rejected = message({}, BuiltIn::Invalid);
        }
        return std::move(step_);
    }
    const Picture picture{form_, state_.answers};
    take_typed(read_typed(form_, picture, state_.item, text), picture, overrule);
    return std::move(step_);
}

void Turn::take_typed(const Entry& entry, const Picture& picture, std::string_view overrule) {
    if (entry.kind == Entry::Kind::Given) {
        const bool unusual = !picture.expects(state_.item, entry.value);
        step_.overruled = unusual && !overrule.empty();
        step_.unusual = unusual && overrule.empty();
        if (!step_.unusual) return settle(Settled::Answered, entry.value);
        step_.rejected = message(row().soft_message, BuiltIn::Unusual);
    } else if (entry.kind == Entry::Kind::Refused) {
        step_.rejected = message(row().constraint_message, BuiltIn::Invalid);
    } else if (entry.kind == Entry::Kind::NoMatch) {
        step_.rejected = message({}, BuiltIn::Invalid);
    } else if (picture.is_required(state_.item)) {
        step_.rejected = message(row().required_message, BuiltIn::NoInput);
    } else {
        settle(Settled::None, "");
    }
}

InterviewStep Turn::command_given(Command given) {
    const bool asked = state_.phase == Phase::Listening || state_.phase == Phase::Prompting ||
                       state_.phase == Phase::Recording;
    if (!asked) return {};
    step_.stop_prompt = state_.phase == Phase::Prompting;
    step_.discard_recording = state_.phase == Phase::Recording;
    state_.asking = Asking::Item;
    command(given);
    return std::move(step_);
}

InterviewStep Turn::change_mode(Mode mode) {
    const bool open = state_.phase != Phase::Ended && state_.phase != Phase::Closing &&
                      state_.phase != Phase::OptingOut;
    if (!open || state_.answers.facts.mode == mode) return {};
    step_.stop_prompt = state_.phase == Phase::Prompting;
    step_.discard_recording = state_.phase == Phase::Recording;
    state_.answers.facts.mode = mode;
    if (mode == Mode::Interviewer) state_.time_is_up = false;  // nobody cuts him short
    state_.asking = Asking::Item;
    state_.early_keys.clear();  // meant for a question that is now asked the other way
    if (state_.phase == Phase::Storing) return std::move(step_);  // goes on once it is stored
    // What only this mode asks may stand before the item at hand: it comes first.
    const bool here = state_.again && Picture{form_, state_.answers}.is_relevant(state_.item);
    if (here) {
        present(state_.item);
    } else {
        present_next();
    }
    return std::move(step_);
}

InterviewStep Turn::end_with(InterviewEnd end) {
    if (state_.phase != Phase::Ended) finish(std::move(end));
    return std::move(step_);
}

InterviewStep Turn::close_group(RowIndex group) {
    auto& closed = state_.answers.closed_groups;
    if (std::ranges::find(closed, group) == closed.end()) closed.push_back(group);
    step_.store = clear_overtaken(form_, state_.answers);
    return std::move(step_);
}

InterviewStep Turn::quotas_decided(const QuotaVerdict& verdict) {
    const bool late = state_.phase == Phase::Ended;
    if (state_.phase != Phase::Storing && !late) return {};
    auto& closed = state_.answers.closed_groups;
    const std::size_t before = closed.size();
    for (const RowIndex group : verdict.closed) {
        if (std::ranges::find(closed, group) == closed.end()) closed.push_back(group);
    }
    step_.store = clear_overtaken(form_, state_.answers);
    if (verdict.end) {
        end_after(late ? kNoRow : verdict.message, quota_end(*verdict.end));
        return std::move(step_);
    }
    if (late || !step_.store.empty()) return std::move(step_);
    if (closed.size() > before) {
        go_on();  // what comes next now may lie behind what other cells wait for
    } else {
        present_next();
    }
    return std::move(step_);
}

InterviewStep begin(const Form& form, InterviewState& state, InterviewFacts facts,
                    std::span<const StoredAnswer> earlier) {
    return Turn{form, state}.begin(std::move(facts), earlier);
}

InterviewStep prompt_ended(const Form& form, InterviewState& state) {
    return Turn{form, state}.prompt_ended();
}

InterviewStep key_pressed(const Form& form, InterviewState& state, char key) {
    return Turn{form, state}.key_pressed(key);
}

InterviewStep timed_out(const Form& form, InterviewState& state) {
    return Turn{form, state}.timed_out();
}

InterviewStep entry_made(const Form& form, InterviewState& state, std::string_view keys) {
    return Turn{form, state}.entry_made(keys);
}

InterviewStep recording_ended(const Form& form, InterviewState& state, std::string_view id,
                              milliseconds length) {
    return Turn{form, state}.recording_ended(id, length);
}

InterviewStep answer_stored(const Form& form, InterviewState& state) {
    return Turn{form, state}.answer_stored();
}

InterviewStep opt_out_stored(const Form& form, InterviewState& state) {
    return Turn{form, state}.opt_out_stored();
}

InterviewStep agent_unavailable(const Form& form, InterviewState& state) {
    return Turn{form, state}.agent_unavailable();
}

InterviewStep agent_lost(const Form& form, InterviewState& state) {
    return Turn{form, state}.agent_lost();
}

void end_after_item(InterviewState& state) { state.time_is_up = true; }

InterviewStep hung_up(const Form& form, InterviewState& state) {
    return Turn{form, state}.hung_up();
}

InterviewStep answer_typed(const Form& form, InterviewState& state, std::string_view text,
                           std::string_view overrule) {
    return Turn{form, state}.answer_typed(text, overrule);
}

InterviewStep command_given(const Form& form, InterviewState& state, Command command) {
    return Turn{form, state}.command_given(command);
}

InterviewStep change_mode(const Form& form, InterviewState& state, Mode mode) {
    return Turn{form, state}.change_mode(mode);
}

InterviewStep break_off(const Form& form, InterviewState& state, std::string aapor) {
    InterviewEnd end = early_end(form, state.answers, EndCause::BrokenOff);
    if (!aapor.empty() && end.outcome == Outcome::Refused) end.aapor = std::move(aapor);
    return Turn{form, state}.end_with(std::move(end));
}

InterviewStep quotas_decided(const Form& form, InterviewState& state, const QuotaVerdict& verdict) {
    return Turn{form, state}.quotas_decided(verdict);
}

InterviewStep end_by_quota(const Form& form, InterviewState& state, Outcome outcome) {
    return Turn{form, state}.end_with(quota_end(outcome));
}

InterviewStep close_group(const Form& form, InterviewState& state, RowIndex group) {
    BW_CHECK(group < form.rows.size());
    return Turn{form, state}.close_group(group);
}

}  // namespace bellwether::campaigns::form
