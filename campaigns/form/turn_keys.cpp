// What keys do: entries as they are typed, what they come to, and the commands among them.

#include <algorithm>
#include <utility>

#include "campaigns/form/commit.h"
#include "campaigns/form/keys.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/turn.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::size_t kEarlyKeysMax = 8;  // InterviewState::early_keys

}  // namespace

void Turn::early_key(char key) {
    if (opts_out_at_once(key)) return begin_opt_out();
    if (state_.early_keys.size() < kEarlyKeysMax) state_.early_keys.push_back(key);
}

bool Turn::opts_out_at_once(char key) const {
    return !form_.confirm_opt_out && keys_of(form_, Command::OptOut) == std::string{key};
}

/// Whoever presses a key is there: the questions without one no longer stand in a row.
void Turn::note_key() {
    state_.any_key = true;
    state_.silent_items = 0;
}

void Turn::key_while_recording(char key) {
    if (is_command_prefix(key)) {
        step_.discard_recording = true;
        state_.phase = Phase::Listening;
        type(key);
    } else if (key == '#') {
        note_key();
        step_.stop_recording = true;
    }
}

void Turn::key_at_item(char key) {
    const bool prompting = state_.phase == Phase::Prompting;
    if (prompting && state_.asking == Asking::Item && row().line.barge == Barge::No) return;
    step_.stop_prompt = prompting;
    state_.phase = Phase::Listening;
    if (state_.asking != Asking::Item) return conclude({key});
    const bool cuts_prompt = is_played(row()) || is_recorded(row());
    if (cuts_prompt && state_.keys.empty() && !is_command_prefix(key)) {
        note_key();  // the key itself means nothing here
        return is_played(row()) ? note_cut() : record();
    }
    type(key);
}

bool Turn::is_command_prefix(char key) const {
    if (owns_key(form_, row(), key)) return false;
    return std::ranges::any_of(form_.commands, [key](const CommandKeys& command) {
        return command.keys.starts_with(key);
    });
}

void Turn::type(char key) {
    state_.keys += key;
    note_key();
    if (is_complete(state_.keys)) return conclude(std::exchange(state_.keys, {}));
    listen(row().line.interdigit);
}

bool Turn::is_complete(const std::string& keys) const {
    if (is_command_prefix(keys.front())) {
        const bool longer = std::ranges::any_of(form_.commands, [&](const CommandKeys& command) {
            return command.keys.size() > keys.size() && command.keys.starts_with(keys);
        });
        return !longer && (keys.size() > 1 || find_command(keys) || keys.front() != '#');
    }
    if (asks_for_instance()) return true;
    return closes(form_, Picture{form_, state_.answers}, state_.item, keys);
}

std::optional<Command> Turn::find_command(std::string_view keys) const {
    const auto at = std::ranges::find(
        form_.commands, keys, [](const CommandKeys& c) { return std::string_view{c.keys}; });
    return at == form_.commands.end() ? std::nullopt : std::optional{at->command};
}

bool Turn::use_early_keys(const ItemId& item) {
    const Row& next = form_.rows[item.row];
    const bool takes = is_question(next) && !is_recorded(next) && !next.line.flush;
    if (state_.early_keys.empty() || !takes || by_interviewer()) return false;
    stand_at(item);
    state_.asked = true;
    state_.phase = Phase::Listening;
    while (!state_.early_keys.empty()) {
        const std::string keys = state_.keys + state_.early_keys.front();
        state_.early_keys.erase(0, 1);
        if (!is_complete(keys)) {
            state_.keys = keys;
            continue;
        }
        state_.keys.clear();
        if (!is_meant(keys)) continue;
        ++state_.presentations;
        note_key();
        conclude(keys);
        return true;
    }
    if (state_.keys.empty()) return false;
    ++state_.presentations;
    note_key();
    listen(next.line.interdigit);
    return true;
}

bool Turn::is_meant(const std::string& keys) const {
    if (is_command_prefix(keys.front())) return find_command(keys).has_value();
    const Picture picture{form_, state_.answers};
    return read_keys(form_, picture, state_.item, keys).kind == Entry::Kind::Given;
}

void Turn::conclude(const std::string& keys) {
    if (state_.asking == Asking::OptOut) return keys == "2" ? ask_again({}) : begin_opt_out();
    if (state_.asking == Asking::Confirm) return conclude_confirm(keys);
    if (state_.asking == Asking::NoAgent) return conclude_no_agent(keys);
    if (is_command_prefix(keys.front())) {
        if (const auto found = find_command(keys)) return command(*found);
        const bool terminator = keys.front() == row().line.terminator;
        if (!terminator && !is_spoken_text(keys)) return fail(Settled::NoMatch);
    }
    if (is_played(row())) return note_cut();
    if (asks_for_instance()) return conclude_instance(keys);
    const Picture picture{form_, state_.answers};
    if (!is_recorded(row()))
        return take_entry(read_keys(form_, picture, state_.item, keys), picture);
    const bool nothing_said = keys == "#";
    take_entry(read_typed(form_, picture, state_.item, nothing_said ? "" : keys), picture);
}

bool Turn::is_spoken_text(std::string_view keys) const {
    return is_recorded(row()) && keys.size() > 2;
}

void Turn::take_entry(const Entry& entry, const Picture& picture) {
    switch (entry.kind) {
        case Entry::Kind::Given:
            if (doubts(entry.value, picture)) return doubt(entry.value, picture);
            if (!row().line.confirm) return settle(Settled::Answered, entry.value);
            return ask_to_confirm(entry.value, picture);
        case Entry::Kind::Empty:
            if (picture.is_required(state_.item)) return fail(Settled::NoMatch);
            return settle(Settled::None, "");
        case Entry::Kind::Refused:
            return fail(Settled::NoMatch, true);
        case Entry::Kind::NoMatch:
            return fail(Settled::NoMatch);
    }
}

bool Turn::doubts(const std::string& value, const Picture& picture) const {
    const bool has_tries = state_.failures < row().line.retries;
    return has_tries && value != state_.doubted && !picture.expects(state_.item, value);
}

void Turn::doubt(const std::string& value, const Picture& picture) {
    ++state_.failures;
    state_.doubted = value;
    ask_again(doubt_prompts(form_, picture, state_.item));
}

void Turn::ask_to_confirm(const std::string& value, const Picture& picture) {
    state_.asking = Asking::Confirm;
    state_.phase = Phase::Prompting;
    state_.confirmed = value;
    step_.play = confirm_prompts(form_, picture, state_.item, value);
}

void Turn::conclude_confirm(const std::string& keys) {
    state_.asking = Asking::Item;
    if (keys == "1") return settle(Settled::Answered, std::exchange(state_.confirmed, {}));
    state_.confirmed.clear();
    if (keys == "2") return ask_again({});
    fail(keys.empty() ? Settled::NoInput : Settled::NoMatch);
}

void Turn::conclude_instance(const std::string& keys) {
    if (keys != "1" && keys != "2") return fail(Settled::NoMatch);
    settle(Settled::Answered, keys == "1" ? "yes" : "no");
}

void Turn::command(Command given) {
    switch (given) {
        case Command::Repeat:
            if (++state_.repeats > row().line.max_repeats && !by_interviewer())
                return fail(Settled::NoInput);
            return ask_again({});
        case Command::Back:
            return go_back();
        case Command::Language:
            return next_language();
        case Command::DontKnow:
            return leave_open(Settled::DontKnow, row().line.dont_know);
        case Command::Refuse:
            return leave_open(Settled::Refused, row().line.refuse);
        case Command::OptOut:
            return ask_to_opt_out();
        case Command::Agent:
            if (!state_.answers.facts.agents || by_interviewer()) return fail(Settled::NoMatch);
            return hand_over(HandoverReason::Wanted);
    }
}

void Turn::leave_open(Settled how, bool allowed) {
    if (is_played(row())) return ask_again({});
    if (!allowed || asks_for_instance()) return fail(Settled::NoMatch);
    settle(how, "");
}

void Turn::go_back() {
    if (row().line.no_back) return ask_again({});
    const auto items = Picture{form_, state_.answers}.items();
    ItemId target = state_.item;
    for (const Picture::Item& item : items) {
        if (item.id == state_.item) break;
        const Row& row = form_.rows[item.id.row];
        const bool asks = item.asks_for_instance || is_question(row);
        // What was told the keypad alone is nothing for the interviewer.
        const bool own = by_interviewer() ? row.line.interviewer : row.line.ivr;
        if (asks && own && item.settled) target = item.id;
    }
    if (target == state_.item) return ask_again({});  // the same visit: its tries stay used
    present(target);
}

void Turn::next_language() {
    const auto& offered = form_.line_languages;
    if (!offered.empty()) {
        const auto at = std::ranges::find(offered, language());
        const bool last = at == offered.end() || at + 1 == offered.end();
        const std::size_t next = last ? offered.front() : *(at + 1);
        go_over_to(form_.languages[next]);
        append(state_.unsaved, clear_overtaken(form_, state_.answers));
    }
    ask_again({});
}

void Turn::hand_over(HandoverReason reason) {
    state_.phase = Phase::Handover;
    step_.agent = !by_interviewer();
    if (step_.agent) state_.handover = reason;
}

void Turn::go_on_without_agent() {
    state_.asking = Asking::Item;
    const bool is_open = find_mark(state_.answers, state_.item) == nullptr || state_.again;
    const bool is_asked = state_.asked && is_open && row().line.ivr;
    if (!is_asked) return present_next();
    ask_again({});
}

void Turn::conclude_no_agent(const std::string& keys) {
    if (keys != "2") return go_on_without_agent();
    step_.call_back = true;
    InterviewEnd end = early_end(form_, state_.answers, EndCause::CallBack);
    step_.play = built_in_prompts(form_, language(), BuiltIn::CallBack);
    state_.phase = Phase::Closing;
    state_.closing = std::move(end);
    step_.barge_after.reset();
}

void Turn::ask_to_opt_out() {
    const auto prompts = built_in_prompts(form_, language(), BuiltIn::OptOutConfirm);
    if (!form_.confirm_opt_out || prompts.empty() || by_interviewer()) return begin_opt_out();
    state_.asking = Asking::OptOut;
    state_.phase = Phase::Prompting;
    step_.play = prompts;
}

void Turn::begin_opt_out() {
    step_.opt_out = true;
    state_.opted_out = true;
    state_.asking = Asking::Item;
    state_.phase = Phase::OptingOut;
    state_.keys.clear();
    state_.early_keys.clear();
}

}  // namespace bellwether::campaigns::form
