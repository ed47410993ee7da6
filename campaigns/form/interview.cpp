#include "campaigns/form/interview.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "campaigns/form/commit.h"
#include "campaigns/form/entry.h"
#include "campaigns/form/keys.h"
#include "campaigns/form/picture.h"
#include "campaigns/form/speech.h"

namespace bellwether::campaigns::form {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kEarlyKeysMax = 8;  // InterviewState::early_keys
constexpr int kSilentItemsMax = 2;        // source: research/surveys.md 2.4
// Silence before "no input". Source: research/surveys.md 2.2.
constexpr milliseconds kTimeoutOneKey{5000};
constexpr milliseconds kTimeoutManyKeys{8000};
constexpr milliseconds kTimeoutDate{10'000};
constexpr milliseconds kTimeoutOptOut{5000};
constexpr const char* kOptedOut = "2.112";

/// One turn of an interview: what happened is put in, the step comes out.
class Turn {
public:
    Turn(const Form& form, InterviewState& state) : form_{form}, state_{state} {}

    InterviewStep begin(InterviewFacts facts, std::span<const StoredAnswer> earlier) {
        state_ = InterviewState{};
        state_.answers.facts = std::move(facts);
        restore(form_, state_.answers, earlier);
        state_.unsaved = set_defaults(form_, state_.answers);
        append(state_.unsaved, clear_overtaken(form_, state_.answers));
        present_next();
        return std::move(step_);
    }

    InterviewStep prompt_ended() {
        if (state_.phase == Phase::Closing) finish(opt_out_end());
        if (state_.phase != Phase::Prompting) return std::move(step_);
        if (state_.asking == Asking::OptOut) {
            listen(kTimeoutOptOut);
        } else if (state_.asking == Asking::Confirm) {
            listen(kTimeoutOneKey);
        } else if (is_played(row())) {
            note_heard();
        } else if (is_recorded(row())) {
            record();
        } else {
            listen(timeout());
        }
        return std::move(step_);
    }

    InterviewStep key_pressed(char key) {
        if (state_.phase == Phase::Storing) {
            early_key(key);
        } else if (state_.phase == Phase::Recording) {
            key_while_recording(key);
        } else if (state_.phase == Phase::Prompting || state_.phase == Phase::Listening) {
            key_at_item(key);
        }
        return std::move(step_);
    }

    InterviewStep timed_out() {
        if (state_.phase != Phase::Listening) return std::move(step_);
        if (state_.keys.empty() && state_.asking == Asking::Item) {
            fail(Settled::NoInput);
        } else {
            conclude(std::exchange(state_.keys, {}));
        }
        return std::move(step_);
    }

    InterviewStep entry_made(std::string_view keys) {
        if (state_.phase != Phase::Prompting && state_.phase != Phase::Listening) return {};
        step_.stop_prompt = state_.phase == Phase::Prompting;
        state_.phase = Phase::Listening;
        state_.any_key = state_.any_key || !keys.empty();
        if (keys.empty()) {
            fail(Settled::NoInput);
        } else {
            conclude(std::string{keys});
        }
        return std::move(step_);
    }

    InterviewStep recording_ended(std::string_view id, milliseconds length) {
        if (state_.phase != Phase::Recording) return {};
        if (length < row().line.record_min) {
            fail(Settled::NoInput);
        } else {
            settle(Settled::Recorded, std::string{id});
        }
        return std::move(step_);
    }

    InterviewStep answer_stored() {
        if (state_.phase == Phase::Storing) present_next();
        return std::move(step_);
    }

    InterviewStep opt_out_stored() {
        if (state_.phase != Phase::OptingOut) return {};
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

    InterviewStep agent_unavailable() {
        if (state_.phase != Phase::Handover) return {};
        state_.answers.facts.agents = false;
        ask_again(built_in_prompts(form_, language(), BuiltIn::NoAgent));
        return std::move(step_);
    }

    InterviewStep hung_up() {
        if (state_.phase == Phase::Ended) return {};
        if (state_.asking == Asking::OptOut && !state_.opted_out) {
            step_.opt_out = true;
            state_.opted_out = true;
        }
        finish(end_at_hang_up());
        step_.play.clear();
        return std::move(step_);
    }

    InterviewStep answer_typed(std::string_view text) {
        if (state_.phase != Phase::Listening && state_.phase != Phase::Prompting) return {};
        if (is_played(row())) {
            note_heard();
            return std::move(step_);
        }
        state_.any_key = true;
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
        const Entry entry = read_typed(form_, picture, state_.item, text);
        if (entry.kind == Entry::Kind::Given) {
            settle(Settled::Answered, entry.value);
        } else if (entry.kind == Entry::Kind::Refused) {
            step_.rejected = message(row().constraint_message, BuiltIn::Invalid);
        } else if (entry.kind == Entry::Kind::NoMatch) {
            step_.rejected = message({}, BuiltIn::Invalid);
        } else if (picture.is_required(state_.item)) {
            step_.rejected = message(row().required_message, BuiltIn::NoInput);
        } else {
            settle(Settled::None, "");
        }
        return std::move(step_);
    }

    InterviewStep command_given(Command given) {
        const bool asked = state_.phase == Phase::Listening || state_.phase == Phase::Prompting ||
                           state_.phase == Phase::Recording;
        if (!asked) return {};
        step_.stop_prompt = state_.phase == Phase::Prompting;
        step_.discard_recording = state_.phase == Phase::Recording;
        state_.asking = Asking::Item;
        command(given);
        return std::move(step_);
    }

    InterviewStep change_mode(Mode mode) {
        const bool open = state_.phase != Phase::Ended && state_.phase != Phase::Closing &&
                          state_.phase != Phase::OptingOut;
        if (!open || state_.answers.facts.mode == mode) return {};
        step_.stop_prompt = state_.phase == Phase::Prompting;
        step_.discard_recording = state_.phase == Phase::Recording;
        state_.answers.facts.mode = mode;
        state_.asking = Asking::Item;
        if (state_.phase == Phase::Storing) return std::move(step_);  // goes on once it is stored
        const bool here = Picture{form_, state_.answers}.is_relevant(state_.item);
        if (here) {
            present(state_.item);
        } else {
            present_next();
        }
        return std::move(step_);
    }

    InterviewStep end_with(InterviewEnd end) {
        if (state_.phase != Phase::Ended) finish(std::move(end));
        return std::move(step_);
    }

    InterviewStep close_group(RowIndex group) {
        auto& closed = state_.answers.closed_groups;
        if (std::ranges::find(closed, group) == closed.end()) closed.push_back(group);
        step_.store = clear_overtaken(form_, state_.answers);
        return std::move(step_);
    }

private:
    static void append(std::vector<AnswerChange>& to, std::vector<AnswerChange> from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
    }

    const Row& row() const { return form_.rows[state_.item.row]; }
    bool by_interviewer() const { return state_.answers.facts.mode == Mode::Interviewer; }
    bool asks_for_instance() const { return row().type == RowType::Repeat; }
    static bool is_played(const Row& row) { return row.type == RowType::Note || row.read_only; }
    static bool is_recorded(const Row& row) {
        return row.type == RowType::Text || row.type == RowType::Audio;
    }
    std::size_t language() const { return Picture::language_of(form_, state_.answers); }

    // --- presenting ---

    void present_next() {
        while (true) {
            const Picture picture{form_, state_.answers};
            const auto next = picture.next_item();
            if (!next)
                return finish(
                    {.outcome = Outcome::Complete, .aapor = "1.1", .cause = EndCause::LastItem});
            if (use_early_keys(next->id)) return;
            present(next->id);
            const bool silent_note = step_.play.empty() && is_played(row()) && !by_interviewer();
            if (!silent_note) return;
            note_settled();
            if (state_.phase == Phase::Ended) return;
        }
    }

    void stand_at(const ItemId& item) {
        state_.item = item;
        state_.again = find_mark(state_.answers, item) != nullptr;
        state_.asking = Asking::Item;
        state_.failures = 0;
        state_.repeats = 0;
        state_.any_key = false;
        state_.keys.clear();
        state_.confirmed.clear();
    }

    void present(const ItemId& item) {
        stand_at(item);
        if (row().line.flush) state_.early_keys.clear();
        ask_again({});
    }

    /// Plays the item's prompts behind `before`.
    void ask_again(std::vector<std::string> before) {
        ++state_.presentations;
        state_.keys.clear();
        state_.asking = Asking::Item;
        if (by_interviewer()) {
            state_.phase = Phase::Listening;
            return;
        }
        step_.play = std::move(before);
        const Picture picture{form_, state_.answers};
        for (std::string& prompt : prompts_of(form_, picture, state_.item)) {
            step_.play.push_back(std::move(prompt));
        }
        state_.phase = Phase::Prompting;
        if (row().line.barge == Barge::No) step_.barge_after.reset();
        if (row().line.barge == Barge::After) step_.barge_after = row().line.barge_after;
        if (step_.play.empty() && !is_played(row())) after_empty_prompt();
    }

    void after_empty_prompt() {
        if (is_recorded(row())) {
            record();
        } else {
            listen(timeout());
        }
    }

    void listen(milliseconds silence) {
        state_.phase = Phase::Listening;
        step_.listen = silence;
    }

    milliseconds timeout() const {
        if (row().line.timeout) return *row().line.timeout;
        if (row().type == RowType::Date) return kTimeoutDate;
        const bool one_key = row().type == RowType::SelectOne || asks_for_instance();
        return one_key ? kTimeoutOneKey : kTimeoutManyKeys;
    }

    void record() {
        const LineRules& rules = row().line;
        state_.phase = Phase::Recording;
        step_.record = InterviewStep::Recording{.key = key_of(form_, state_.item),
                                                .max = rules.record_max,
                                                .silence = rules.record_silence,
                                                .min = rules.record_min,
                                                .beep = rules.beep};
    }

    // --- settling ---

    void settle(Settled how, std::string value) {
        state_.silent_items = 0;
        state_.again = false;
        take_language(value);
        step_.store = std::exchange(state_.unsaved, {});
        append(step_.store, commit(form_, state_.answers, {state_.item, how, std::move(value)}));
        state_.phase = Phase::Storing;
        state_.keys.clear();
        state_.confirmed.clear();
    }

    /// An answer to the question for the language is the language from now on.
    void take_language(const std::string& value) {
        if (state_.item.row != form_.language_question) return;
        if (std::ranges::find(form_.languages, value) == form_.languages.end()) return;
        state_.answers.facts.language = value;
        step_.language = value;
    }

    void note_settled() {
        append(state_.unsaved, commit(form_, state_.answers, {state_.item, Settled::Played, {}}));
        if (auto end = end_at_note(row())) finish(std::move(*end));
    }

    void note_heard() {
        note_settled();
        if (state_.phase != Phase::Ended) present_next();
    }

    void finish(InterviewEnd end) {
        state_.phase = Phase::Ended;
        state_.keys.clear();
        state_.confirmed.clear();
        state_.early_keys.clear();
        state_.end = end;
        step_.end = std::move(end);
    }

    void end_early(EndCause cause) { finish(early_end(form_, state_.answers, cause)); }

    InterviewEnd opt_out_end() const {
        if (form_.optout_keeps_partial) {
            InterviewEnd end = early_end(form_, state_.answers, EndCause::OptOut);
            if (end.outcome == Outcome::Partial) return end;
        }
        return {.outcome = Outcome::Refused, .aapor = kOptedOut, .cause = EndCause::OptOut};
    }

    /// A note that has begun counts as heard, and one that follows an answer still on its way to
    /// the disk has begun: who hangs up at the thanks has answered everything.
    InterviewEnd end_at_hang_up() {
        if (state_.opted_out) return opt_out_end();
        const bool note = state_.phase == Phase::Prompting && is_played(row());
        if (note) {
            put_mark(state_.answers, {state_.item, Settled::Played, {}});
            if (auto end = end_at_note(row())) return *end;
        }
        const bool heard = note || state_.phase == Phase::Storing;
        const auto items = Picture{form_, state_.answers}.items();
        const bool open = std::ranges::any_of(items, [&](const Picture::Item& item) {
            const bool asks = item.asks_for_instance || is_question(form_.rows[item.id.row]);
            return !item.settled && (asks || !heard);
        });
        if (!open) return {.outcome = Outcome::Complete, .aapor = "1.1", .cause = EndCause::HungUp};
        return early_end(form_, state_.answers, EndCause::HungUp);
    }

    // --- failing ---

    void fail(Settled kind, bool refused = false) {
        if (by_interviewer()) return;
        ++state_.failures;
        state_.last_failure = kind;
        state_.keys.clear();
        if (is_played(row())) return note_heard();
        if (state_.failures > row().line.retries) return exhausted(kind);
        const Picture picture{form_, state_.answers};
        ask_again(failure_prompts(form_, picture, state_.item, kind == Settled::NoInput, refused,
                                  state_.failures));
    }

    void exhausted(Settled kind) {
        const int silent = state_.any_key ? 0 : state_.silent_items + 1;
        state_.silent_items = silent;
        if (silent >= kSilentItemsMax) return end_early(EndCause::Silence);
        if (state_.again) return present_next();  // the old answer stays in force
        const bool required = Picture{form_, state_.answers}.is_required(state_.item);
        OnExhausted then = row().line.on_exhausted;
        if (then == OnExhausted::Agent && state_.answers.facts.agents) return hand_over();
        if (then == OnExhausted::ByRequired || then == OnExhausted::Agent) {
            then = required ? OnExhausted::HangUp : OnExhausted::Skip;
        }
        if (then == OnExhausted::HangUp) return end_early(EndCause::TriesUsedUp);
        settle(kind, "");
        state_.silent_items = silent;
    }

    // --- keys ---

    void early_key(char key) {
        if (opts_out_at_once(key)) return begin_opt_out();
        if (state_.early_keys.size() < kEarlyKeysMax) state_.early_keys.push_back(key);
    }

    /// Is this the opt-out key of a form that has one key for it?
    bool opts_out_at_once(char key) const {
        return !form_.confirm_opt_out && keys_of(form_, Command::OptOut) == std::string{key};
    }

    void key_while_recording(char key) {
        if (is_command_prefix(key)) {
            step_.discard_recording = true;
            state_.phase = Phase::Listening;
            type(key);
        } else if (key == '#') {
            step_.stop_recording = true;
        }
    }

    void key_at_item(char key) {
        const bool prompting = state_.phase == Phase::Prompting;
        if (prompting && state_.asking == Asking::Item && row().line.barge == Barge::No) return;
        step_.stop_prompt = prompting;
        state_.phase = Phase::Listening;
        if (state_.asking != Asking::Item) return conclude({key});
        const bool cuts_prompt = is_played(row()) || is_recorded(row());
        if (cuts_prompt && state_.keys.empty() && !is_command_prefix(key)) {
            state_.any_key = true;  // the key itself means nothing here
            return is_played(row()) ? note_heard() : record();
        }
        type(key);
    }

    bool is_command_prefix(char key) const {
        if (owns_key(form_, row(), key)) return false;
        return std::ranges::any_of(form_.commands, [key](const CommandKeys& command) {
            return command.keys.starts_with(key);
        });
    }

    /// Adds a key to the entry; concludes it once nothing more can follow.
    void type(char key) {
        state_.keys += key;
        state_.any_key = true;
        if (is_complete(state_.keys)) return conclude(std::exchange(state_.keys, {}));
        listen(row().line.interdigit);
    }

    bool is_complete(const std::string& keys) const {
        if (is_command_prefix(keys.front())) {
            const bool longer =
                std::ranges::any_of(form_.commands, [&](const CommandKeys& command) {
                    return command.keys.size() > keys.size() && command.keys.starts_with(keys);
                });
            return !longer && (keys.size() > 1 || find_command(keys) || keys.front() != '#');
        }
        if (asks_for_instance()) return true;
        return closes(form_, Picture{form_, state_.answers}, state_.item, keys);
    }

    std::optional<Command> find_command(std::string_view keys) const {
        const auto at = std::ranges::find(
            form_.commands, keys, [](const CommandKeys& c) { return std::string_view{c.keys}; });
        return at == form_.commands.end() ? std::nullopt : std::optional{at->command};
    }

    /// Keys pressed while the last answer was stored go to the next question. What means nothing
    /// there is dropped without blame: the person has not heard the question.
    /// @return true if the item is answered or being typed, so that its prompt is not needed.
    bool use_early_keys(const ItemId& item) {
        const Row& next = form_.rows[item.row];
        const bool takes = is_question(next) && !is_recorded(next) && !next.line.flush;
        if (state_.early_keys.empty() || !takes || by_interviewer()) return false;
        stand_at(item);
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
            state_.any_key = true;
            conclude(keys);
            return true;
        }
        if (state_.keys.empty()) return false;
        ++state_.presentations;
        state_.any_key = true;
        listen(next.line.interdigit);
        return true;
    }

    bool is_meant(const std::string& keys) const {
        if (is_command_prefix(keys.front())) return find_command(keys).has_value();
        const Picture picture{form_, state_.answers};
        return read_keys(form_, picture, state_.item, keys).kind == Entry::Kind::Given;
    }

    // --- entries ---

    void conclude(const std::string& keys) {
        if (state_.asking == Asking::OptOut) return keys == "2" ? ask_again({}) : begin_opt_out();
        if (state_.asking == Asking::Confirm) return conclude_confirm(keys);
        if (is_command_prefix(keys.front())) {
            if (const auto found = find_command(keys)) return command(*found);
            const bool terminator = keys.front() == row().line.terminator;
            if (!terminator && !is_spoken_text(keys)) return fail(Settled::NoMatch);
        }
        if (is_played(row())) return note_heard();
        if (asks_for_instance()) return conclude_instance(keys);
        const Picture picture{form_, state_.answers};
        const Entry entry = is_recorded(row()) ? read_typed(form_, picture, state_.item, keys)
                                               : read_keys(form_, picture, state_.item, keys);
        take_entry(entry, picture);
    }

    /// Answer files give the words of a text as they are.
    bool is_spoken_text(std::string_view keys) const {
        return is_recorded(row()) && keys.size() > 2;
    }

    void take_entry(const Entry& entry, const Picture& picture) {
        switch (entry.kind) {
            case Entry::Kind::Given:
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

    void ask_to_confirm(const std::string& value, const Picture& picture) {
        state_.asking = Asking::Confirm;
        state_.phase = Phase::Prompting;
        state_.confirmed = value;
        step_.play = confirm_prompts(form_, picture, state_.item, value);
    }

    void conclude_confirm(const std::string& keys) {
        state_.asking = Asking::Item;
        if (keys == "1") return settle(Settled::Answered, std::exchange(state_.confirmed, {}));
        state_.confirmed.clear();
        if (keys == "2") return ask_again({});
        fail(keys.empty() ? Settled::NoInput : Settled::NoMatch);
    }

    void conclude_instance(const std::string& keys) {
        if (keys != "1" && keys != "2") return fail(Settled::NoMatch);
        settle(Settled::Answered, keys == "1" ? "yes" : "no");
    }

    // --- commands ---

    void command(Command given) {
        switch (given) {
            case Command::Repeat:
                if (++state_.repeats > row().line.max_repeats) return fail(Settled::NoInput);
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
                if (!state_.answers.facts.agents) return fail(Settled::NoMatch);
                return hand_over();
        }
    }

    void leave_open(Settled how, bool allowed) {
        if (is_played(row())) return ask_again({});
        if (!allowed || asks_for_instance()) return fail(Settled::NoMatch);
        settle(how, "");
    }

    void go_back() {
        if (row().line.no_back) return present(state_.item);
        const auto items = Picture{form_, state_.answers}.items();
        ItemId target = state_.item;
        for (const Picture::Item& item : items) {
            if (item.id == state_.item) break;
            const bool asks = item.asks_for_instance || is_question(form_.rows[item.id.row]);
            if (asks && item.settled) target = item.id;
        }
        present(target);
    }

    void next_language() {
        const auto& offered = form_.line_languages;
        if (!offered.empty()) {
            const auto at = std::ranges::find(offered, language());
            const bool last = at == offered.end() || at + 1 == offered.end();
            const std::size_t next = last ? offered.front() : *(at + 1);
            state_.answers.facts.language = form_.languages[next];
            step_.language = state_.answers.facts.language;
        }
        ask_again({});
    }

    void hand_over() {
        state_.phase = Phase::Handover;
        step_.agent = true;
    }

    void ask_to_opt_out() {
        const auto prompts = built_in_prompts(form_, language(), BuiltIn::OptOutConfirm);
        if (!form_.confirm_opt_out || prompts.empty() || by_interviewer()) return begin_opt_out();
        state_.asking = Asking::OptOut;
        state_.phase = Phase::Prompting;
        step_.play = prompts;
    }

    void begin_opt_out() {
        step_.opt_out = true;
        state_.opted_out = true;
        state_.asking = Asking::Item;
        state_.phase = Phase::OptingOut;
        state_.keys.clear();
        state_.early_keys.clear();
    }

    std::string message(const std::vector<Template>& own, BuiltIn otherwise) const {
        const Template& text = in_language(form_, own, language());
        if (!text.empty()) return Picture{form_, state_.answers}.filled(state_.item, text);
        return std::string{built_in(otherwise, form_.languages[language()])};
    }

    const Form& form_;
    InterviewState& state_;
    InterviewStep step_;
};

}  // namespace

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

InterviewStep hung_up(const Form& form, InterviewState& state) {
    return Turn{form, state}.hung_up();
}

InterviewStep answer_typed(const Form& form, InterviewState& state, std::string_view text) {
    return Turn{form, state}.answer_typed(text);
}

InterviewStep command_given(const Form& form, InterviewState& state, Command command) {
    return Turn{form, state}.command_given(command);
}

InterviewStep change_mode(const Form& form, InterviewState& state, Mode mode) {
    return Turn{form, state}.change_mode(mode);
}

InterviewStep break_off(const Form& form, InterviewState& state, std::string aapor) {
    InterviewEnd end = early_end(form, state.answers, EndCause::BrokenOff);
    if (!aapor.empty()) end = {Outcome::Refused, std::move(aapor), EndCause::BrokenOff};
    return Turn{form, state}.end_with(std::move(end));
}

InterviewStep end_by_quota(const Form& form, InterviewState& state, Outcome outcome) {
    const bool screened = outcome == Outcome::Screened;
    return Turn{form, state}.end_with({.outcome = screened ? Outcome::Screened : Outcome::QuotaFull,
                                       .aapor = screened ? "4.70" : "4.80",
                                       .cause = EndCause::Quota});
}

InterviewStep close_group(const Form& form, InterviewState& state, RowIndex group) {
    BW_CHECK(group < form.rows.size());
    return Turn{form, state}.close_group(group);
}

}  // namespace bellwether::campaigns::form
