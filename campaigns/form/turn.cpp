#include "campaigns/form/turn.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "campaigns/form/commit.h"
#include "campaigns/form/picture.h"

namespace bellwether::campaigns::form {
namespace {

using std::chrono::milliseconds;

constexpr int kSilentItemsMax = 2;  // source: research/surveys.md 2.4
// Silence before "no input". Source: research/surveys.md 2.2.
constexpr milliseconds kTimeoutOneKey{5000};
constexpr milliseconds kTimeoutManyKeys{8000};
constexpr milliseconds kTimeoutDate{10'000};
constexpr const char* kOptedOut = "2.112";  // AAPOR: known respondent, refused

}  // namespace

void Turn::append(std::vector<AnswerChange>& to, std::vector<AnswerChange> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

const Row& Turn::row() const { return form_.rows[state_.item.row]; }

bool Turn::by_interviewer() const { return state_.answers.facts.mode == Mode::Interviewer; }

bool Turn::asks_for_instance() const { return row().type == RowType::Repeat; }

bool Turn::is_played(const Row& row) { return row.type == RowType::Note || row.read_only; }

bool Turn::is_recorded(const Row& row) {
    return row.type == RowType::Text || row.type == RowType::Audio;
}

std::size_t Turn::language() const { return Picture::language_of(form_, state_.answers); }

void Turn::go_on() {
    if (!state_.answers.facts.quotas) return present_next();
    state_.phase = Phase::Storing;
    step_.ask_quotas = true;
}

void Turn::present_next() {
    while (true) {
        const Picture picture{form_, state_.answers};
        const auto next = picture.next_item();
        if (!next && waits_for_other_mode()) return hand_over(HandoverReason::AgentsRow);
        if (!next)
            return finish(
                {.outcome = Outcome::Complete, .aapor = "1.1", .cause = EndCause::LastItem});
        if (is_promised_agent()) {
            stand_at(next->id);
            return hand_over(HandoverReason::Promised);
        }
        if (state_.time_is_up && has_open_question(picture)) return close();
        if (use_early_keys(next->id)) return;
        present(next->id);
        const bool silent_note = step_.play.empty() && is_played(row()) && !by_interviewer();
        if (!silent_note) return;
        note_settled();
        if (state_.phase == Phase::Ended) return;
        if (state_.answers.facts.quotas) return go_on();
    }
}

/// What this mode asks is settled; with an interviewer there, what the other asks comes next.
bool Turn::waits_for_other_mode() const {
    const InterviewFacts& facts = state_.answers.facts;
    if (!facts.mixed || (!by_interviewer() && !facts.agents)) return false;
    Answers other = state_.answers;
    other.facts.mode = by_interviewer() ? Mode::Line : Mode::Interviewer;
    return has_open_question(Picture{form_, other});
}

/// Once: afterwards he has one, or there is none.
bool Turn::is_promised_agent() const {
    const InterviewFacts& facts = state_.answers.facts;
    return facts.promised_agent && facts.agents && !by_interviewer() &&
           state_.handover == HandoverReason::None;
}

void Turn::stand_at(const ItemId& item) {
    state_.item = item;
    state_.again = find_mark(state_.answers, item) != nullptr;
    state_.asking = Asking::Item;
    state_.failures = 0;
    state_.repeats = 0;
    state_.any_key = false;
    state_.keys.clear();
    state_.confirmed.clear();
    state_.doubted.clear();
}

void Turn::present(const ItemId& item) {
    stand_at(item);
    state_.asked |= !is_played(row()) && !by_interviewer();
    if (row().line.flush) state_.early_keys.clear();
    ask_again({});
}

void Turn::ask_again(std::vector<std::string> before) {
    // A change of language, or a group that was closed, may have taken the item away.
    if (!Picture{form_, state_.answers}.is_relevant(state_.item)) return present_next();
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

void Turn::after_empty_prompt() {
    if (is_recorded(row())) {
        record();
    } else {
        listen(timeout());
    }
}

void Turn::listen(milliseconds silence) {
    state_.phase = Phase::Listening;
    step_.listen = silence;
}

milliseconds Turn::timeout() const {
    if (row().line.timeout) return *row().line.timeout;
    if (row().type == RowType::Date) return kTimeoutDate;
    const bool one_key = row().type == RowType::SelectOne || asks_for_instance();
    return one_key ? kTimeoutOneKey : kTimeoutManyKeys;
}

void Turn::record() {
    const LineRules& rules = row().line;
    state_.phase = Phase::Recording;
    step_.record = InterviewStep::Recording{.key = key_of(form_, state_.item),
                                            .max = rules.record_max,
                                            .silence = rules.record_silence,
                                            .min = rules.record_min,
                                            .beep = rules.beep};
}

void Turn::settle(Settled how, std::string value) {
    state_.silent_items = 0;
    state_.again = false;
    take_language(value);
    step_.store = std::exchange(state_.unsaved, {});
    append(step_.store, commit(form_, state_.answers, {state_.item, how, std::move(value)}));
    state_.phase = Phase::Storing;
    state_.keys.clear();
    state_.confirmed.clear();
    state_.doubted.clear();
}

void Turn::take_language(const std::string& value) {
    if (state_.item.row != form_.language_question) return;
    if (std::ranges::find(form_.languages, value) == form_.languages.end()) return;
    go_over_to(value);
}

/// A further attempt goes on in it.
void Turn::go_over_to(const std::string& code) {
    step_.language = code;
    if (code != form_.languages[language()]) {
        state_.unsaved.push_back(
            {.kind = ChangeKind::Keep, .key = std::string{kLanguageKey}, .value = code});
    }
    state_.answers.facts.language = code;
}

void Turn::note_settled() {
    append(state_.unsaved, commit(form_, state_.answers, {state_.item, Settled::Played, {}}));
    if (auto end = end_at_note(row())) finish(std::move(*end));
}

void Turn::note_heard() {
    note_settled();
    if (state_.phase != Phase::Ended) go_on();
}

void Turn::note_cut() {
    state_.note_cut |= !state_.asked;
    note_heard();
}

void Turn::finish(InterviewEnd end) {
    // Notes are heard again; the language is kept, also if nothing was answered in it.
    for (AnswerChange& change : state_.unsaved) {
        if (change.key == kLanguageKey) step_.store.push_back(std::move(change));
    }
    state_.unsaved.clear();
    state_.phase = Phase::Ended;
    state_.keys.clear();
    state_.confirmed.clear();
    state_.doubted.clear();
    state_.early_keys.clear();
    state_.end = end;
    step_.end = std::move(end);
}

bool Turn::has_open_question(const Picture& picture) const {
    return std::ranges::any_of(picture.items(), [&](const Picture::Item& item) {
        return !item.settled && (item.asks_for_instance || is_question(form_.rows[item.id.row]));
    });
}

void Turn::close() {
    if (!by_interviewer()) step_.play = built_in_prompts(form_, language(), BuiltIn::TimeIsUp);
    if (step_.play.empty()) return end_early(EndCause::TimeLimit);
    state_.phase = Phase::Closing;
    state_.closing = early_end(form_, state_.answers, EndCause::TimeLimit);
    step_.barge_after.reset();
}

/// Whoever hangs up during the message has ended so all the same.
void Turn::end_after(RowIndex message, InterviewEnd end) {
    if (message != kNoRow && !by_interviewer()) {
        const Picture picture{form_, state_.answers};
        step_.play = prompts_of(form_, picture, {.row = message, .instance = {}});
    }
    if (step_.play.empty()) return finish(std::move(end));
    state_.phase = Phase::Closing;
    state_.closing = std::move(end);
    step_.barge_after.reset();
}

void Turn::end_early(EndCause cause) { finish(early_end(form_, state_.answers, cause)); }

InterviewEnd Turn::opt_out_end() const {
    if (form_.optout_keeps_partial) {
        InterviewEnd end = early_end(form_, state_.answers, EndCause::OptOut);
        if (end.outcome == Outcome::Partial) return end;
    }
    return {.outcome = Outcome::Refused, .aapor = kOptedOut, .cause = EndCause::OptOut};
}

InterviewEnd Turn::end_at_hang_up() {
    if (state_.opted_out) return opt_out_end();
    if (state_.closing) return *state_.closing;
    const bool note = state_.phase == Phase::Prompting && is_played(row());
    if (note) {
        put_mark(state_.answers, {state_.item, Settled::Played, {}});
        if (auto end = end_at_note(row())) return *end;
    }
    const bool heard = note || state_.phase == Phase::Storing;
    const auto items = Picture{form_, state_.answers}.items();
    const bool left = state_.phase == Phase::Handover || state_.asking == Asking::NoAgent;
    const bool open = left || std::ranges::any_of(items, [&](const Picture::Item& item) {
                          const bool asks =
                              item.asks_for_instance || is_question(form_.rows[item.id.row]);
                          return !item.settled && (asks || !heard);
                      });
    if (!open) return {.outcome = Outcome::Complete, .aapor = "1.1", .cause = EndCause::HungUp};
    return early_end(form_, state_.answers, EndCause::HungUp);
}

void Turn::fail(Settled kind, bool refused) {
    if (by_interviewer()) {
        step_.rejected = message({}, BuiltIn::Invalid);
        return;
    }
    ++state_.failures;
    state_.last_failure = kind;
    state_.keys.clear();
    if (is_played(row())) return note_cut();
    if (state_.failures > row().line.retries) return exhausted(kind);
    const Picture picture{form_, state_.answers};
    ask_again(failure_prompts(form_, picture, state_.item, kind == Settled::NoInput, refused,
                              state_.failures));
}

void Turn::exhausted(Settled kind) {
    const int silent = state_.any_key ? 0 : state_.silent_items + 1;
    state_.silent_items = silent;
    if (silent >= kSilentItemsMax) return end_early(EndCause::Silence);
    // Asked about, and nothing else was entered that counts: it stands.
    if (!state_.doubted.empty()) return settle(Settled::Answered, std::string{state_.doubted});
    if (state_.again) return present_next();  // the old answer stays in force
    const bool required = Picture{form_, state_.answers}.is_required(state_.item);
    OnExhausted then = row().line.on_exhausted;
    if (then == OnExhausted::Agent && state_.answers.facts.agents)
        return hand_over(HandoverReason::TriesUsedUp);
    if (then == OnExhausted::ByRequired || then == OnExhausted::Agent) {
        then = required ? OnExhausted::HangUp : OnExhausted::Skip;
    }
    if (then == OnExhausted::HangUp) return end_early(EndCause::TriesUsedUp);
    settle(kind, "");
    state_.silent_items = silent;
}

std::string Turn::message(const std::vector<Template>& own, BuiltIn otherwise) const {
    const Template& text = in_language(form_, own, language());
    if (!text.empty()) return Picture{form_, state_.answers}.filled(state_.item, text);
    return std::string{built_in(otherwise, form_.languages[language()])};
}

}  // namespace bellwether::campaigns::form
