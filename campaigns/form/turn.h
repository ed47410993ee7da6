#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/form/entry.h"
#include "campaigns/form/interview.h"
#include "campaigns/form/speech.h"

namespace bellwether::campaigns::form {

/// One turn of an interview: what happened is put in, the step comes out, once. The workings behind
/// interview.h: what happened (interview.cpp), how an item is presented, settled and given up
/// (turn.cpp), what keys and commands do (turn_keys.cpp).
class Turn {
public:
    Turn(const Form& form, InterviewState& state) : form_{form}, state_{state} {}
    InterviewStep begin(InterviewFacts facts, std::span<const StoredAnswer> earlier);
    InterviewStep prompt_ended();
    InterviewStep key_pressed(char key);
    InterviewStep timed_out();
    InterviewStep entry_made(std::string_view keys);
    InterviewStep recording_ended(std::string_view id, std::chrono::milliseconds length);
    InterviewStep answer_stored();
    InterviewStep opt_out_stored();
    InterviewStep agent_unavailable();
    InterviewStep agent_lost();
    InterviewStep hung_up();
    InterviewStep answer_typed(std::string_view text, std::string_view overrule);
    InterviewStep command_given(Command given);
    InterviewStep change_mode(Mode mode);
    InterviewStep end_with(InterviewEnd end);
    InterviewStep close_group(RowIndex group);
    InterviewStep quotas_decided(const QuotaVerdict& verdict);

private:
    static void append(std::vector<AnswerChange>& to, std::vector<AnswerChange> from);
    const Row& row() const;
    bool by_interviewer() const;
    bool asks_for_instance() const;
    static bool is_played(const Row& row);
    static bool is_recorded(const Row& row);
    std::size_t language() const;

    // --- presenting (turn.cpp) ---
    /// The next item, once quotas have decided where there are any.
    void go_on();
    void present_next();
    bool waits_for_other_mode() const;
    bool is_promised_agent() const;
    void stand_at(const ItemId& item);
    void present(const ItemId& item);

    /// Plays the item's prompts behind `before`.
    void ask_again(std::vector<std::string> before);
    void after_empty_prompt();
    void listen(std::chrono::milliseconds silence);
    std::chrono::milliseconds timeout() const;
    void record();

    // --- settling ---
    void settle(Settled how, std::string value);

    /// An answer to the question for the language is the language from now on.
    void take_language(const std::string& value);
    void go_over_to(const std::string& code);
    void note_settled();
    void note_heard();
    /// Not to its end: a key was pressed.
    void note_cut();
    void finish(InterviewEnd end);
    void end_early(EndCause cause);
    /// The time is up: says so, where the form speaks, and ends.
    void close();
    bool has_open_question(const Picture& picture) const;
    void end_after(RowIndex message, InterviewEnd end);
    InterviewEnd opt_out_end() const;

    /// A note that has begun counts as heard, and one that follows an answer still on its way to
    /// the disk has begun: who hangs up at the thanks has answered everything.
    InterviewEnd end_at_hang_up();

    // --- failing ---
    void fail(Settled kind, bool refused = false);
    void exhausted(Settled kind);

    // --- keys, entries and commands (turn_keys.cpp) ---
    void early_key(char key);

    /// Is this the opt-out key of a form that has one key for it?
    bool opts_out_at_once(char key) const;
    void note_key();
    void key_while_recording(char key);
    void key_at_item(char key);
    bool is_command_prefix(char key) const;

    /// Adds a key to the entry; concludes it once nothing more can follow.
    void type(char key);
    bool is_complete(const std::string& keys) const;
    std::optional<Command> find_command(std::string_view keys) const;

    /// Keys pressed while the last answer was stored go to the next question. What means nothing
    /// there is dropped without blame: the person has not heard the question.
    /// @return true if the item is answered or being typed, so that its prompt is not needed.
    bool use_early_keys(const ItemId& item);
    bool is_meant(const std::string& keys) const;

    // --- entries ---
    void conclude(const std::string& keys);

    /// Answer files give the words of a text as they are.
    bool is_spoken_text(std::string_view keys) const;
    void take_entry(const Entry& entry, const Picture& picture);
    /// An unusual value is asked about while there are tries left, and the same again is taken.
    bool doubts(const std::string& value, const Picture& picture) const;
    void doubt(const std::string& value, const Picture& picture);
    void take_typed(const Entry& entry, const Picture& picture, std::string_view overrule);
    void ask_to_confirm(const std::string& value, const Picture& picture);
    void conclude_confirm(const std::string& keys);
    void conclude_instance(const std::string& keys);

    // --- commands ---
    void command(Command given);
    void leave_open(Settled how, bool allowed);
    void go_back();
    void next_language();
    void hand_over(HandoverReason reason);
    void conclude_no_agent(const std::string& keys);
    /// By keypad: at the item at hand, or the next if only agents ask that.
    void go_on_without_agent();
    void ask_to_opt_out();
    void begin_opt_out();
    std::string message(const std::vector<Template>& own, BuiltIn otherwise) const;
    const Form& form_;
    InterviewState& state_;
    InterviewStep step_;
};

}  // namespace bellwether::campaigns::form
