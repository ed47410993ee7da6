#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "campaigns/form/interview_state.h"

namespace bellwether::campaigns::form {

enum class Phase : std::uint8_t {
    Prompting,  ///< prompts play
    Listening,  ///< waiting for a key, or for what the interviewer types
    Recording,  ///< an open answer is being recorded
    Storing,    ///< answers are on their way to the disk; the next item waits for it
    OptingOut,  ///< an opt-out is on its way to the disk
    Handover,   ///< an agent was asked for, and the engine looks for one; to an interviewer: only
                ///< what the keypad asks is left
    Closing,    ///< the last prompt plays
    Ended,
};

/// What is being asked while Prompting and Listening.
enum class Asking : std::uint8_t {
    Item,     ///< the item at hand
    Confirm,  ///< the entry was read back: 1 keeps it, 2 asks again
    OptOut,   ///< no more calls, unless 2 is pressed
    NoAgent,  ///< none came: 2 to be called back, anything else goes on by keypad
};

/// Why a person who answered by keypad was given to an agent.
enum class HandoverReason : std::uint8_t {
    None,         ///< he was not
    Wanted,       ///< he pressed the agent key
    TriesUsedUp,  ///< at a question that goes to an agent then
    AgentsRow,    ///< only agents ask what comes next
    Promised,     ///< he was told that an agent would call
};

enum class Outcome : std::uint8_t { Complete, Partial, Screened, QuotaFull, Refused };

/// Why an interview ended as it did, for paradata.
enum class EndCause : std::uint8_t {
    LastItem,     ///< nothing was left to ask
    Note,         ///< a note with a disposition was played
    HungUp,       ///< the person, or the line
    TriesUsedUp,  ///< at a question whose tries end the call
    Silence,      ///< two questions in a row without any key: nobody is there
    OptOut,
    Quota,
    BrokenOff,  ///< by the interviewer
    TimeLimit,  ///< tel::max_call_s
    CallBack,   ///< he wanted an agent, none came, and he is to be called back
};

struct InterviewEnd {
    Outcome outcome = Outcome::Complete;
    std::string aapor;  ///< code of research/surveys.md 4.2
    EndCause cause = EndCause::LastItem;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("outcome", self.outcome);
        visit("aapor", self.aapor);
        visit("cause", self.cause);
    }
    friend bool operator==(const InterviewEnd&, const InterviewEnd&) = default;
};

enum class ChangeKind : std::uint8_t {
    Settle,  ///< the item has this value now; an empty one with its reason
    Clear,   ///< what the item held is taken back; `value` is what it was
    Keep,    ///< a value that later attempts go on with: a default, a once() calculation
};

/// One thing to make durable. All of a step go together, in this order.
struct AnswerChange {
    ChangeKind kind = ChangeKind::Settle;
    std::string key;                             ///< key_of() the item
    std::string value;                           ///< personal data
    Settled how = Settled::Answered;             ///< Settle; Clear: what it was
    ClearCause cause = ClearCause::NotRelevant;  ///< Clear

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("kind", self.kind);
        visit("key", self.key);
        visit("value", self.value);
        visit("how", self.how);
        visit("cause", self.cause);
    }
    friend bool operator==(const AnswerChange&, const AnswerChange&) = default;
};

/// Where one interview stands. Plain data: it is part of the engine's snapshot.
struct InterviewState {
    Phase phase = Phase::Prompting;
    Asking asking = Asking::Item;
    Answers answers;
    ItemId item;           ///< at hand
    bool again = false;    ///< it is settled already, and was gone back to
    int failures = 0;      ///< tries used at it, this time
    int repeats = 0;       ///< of its prompt, this time
    bool any_key = false;  ///< was a key pressed at it, this time?
    Settled last_failure = Settled::NoInput;
    int silent_items = 0;    ///< questions in a row that were given up without any key
    int presentations = 0;   ///< of all items, for the limit of scripts
    std::string keys;        ///< of the entry being typed; personal data
    std::string confirmed;   ///< the value read back; personal data
    std::string doubted;     ///< the value last asked about as unusual; personal data
    std::string early_keys;  ///< pressed while Storing, for the next question; personal data
    std::vector<AnswerChange> unsaved;  ///< notes heard, values kept: go with the next answer
    std::optional<InterviewEnd> end;
    std::optional<InterviewEnd> closing;  ///< settled; `end` once the message before it is over
    bool opted_out = false;
    bool time_is_up = false;                         ///< the item at hand is the last
    HandoverReason handover = HandoverReason::None;  ///< of the last one
    bool asked = false;                              ///< a question came up on the line
    bool note_cut = false;                           ///< a note before it, by a key

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("phase", self.phase);
        visit("asking", self.asking);
        visit("answers", self.answers);
        visit("item", self.item);
        visit("again", self.again);
        visit("failures", self.failures);
        visit("repeats", self.repeats);
        visit("any_key", self.any_key);
        visit("last_failure", self.last_failure);
        visit("silent_items", self.silent_items);
        visit("presentations", self.presentations);
        visit.personal("keys", self.keys);
        visit.personal("confirmed", self.confirmed);
        visit.personal("doubted", self.doubted);
        visit.personal("early_keys", self.early_keys);
        visit.personal("unsaved", self.unsaved);
        visit("end", self.end);
        visit("closing", self.closing);
        visit("opted_out", self.opted_out);
        visit("time_is_up", self.time_is_up);
        visit("handover", self.handover);
        visit("asked", self.asked);
        visit("note_cut", self.note_cut);
    }
};

/// What to do next; any combination, in this order.
struct InterviewStep {
    bool stop_prompt = false;     ///< silence what plays now
    bool stop_recording = false;  ///< keep it and report its end, unless `discard_recording`
    bool discard_recording = false;
    std::optional<std::string> language;  ///< the interview goes on in this one
    std::vector<std::string> play;        ///< references (speech.h), in order; empty: none
    /// From when on keys may cut `play` short; none: never. Keys before that are to be dropped.
    std::optional<std::chrono::milliseconds> barge_after = std::chrono::milliseconds{0};
    std::optional<std::chrono::milliseconds> listen;  ///< wait for a key so long, then timed_out()
    struct Recording {
        std::string key;  ///< of the item
        std::chrono::seconds max{60};
        std::chrono::milliseconds silence{4000};  ///< that ends it
        std::chrono::milliseconds min{500};       ///< shorter ones count as nothing said
        bool beep = true;
    };
    std::optional<Recording> record;  ///< then recording_ended()
    std::vector<AnswerChange> store;  ///< make durable, then quotas_decided() or answer_stored()
    bool ask_quotas = false;          ///< let the quotas decide now, then quotas_decided()
    bool opt_out = false;             ///< make the do-not-call durable, then opt_out_stored()
    bool agent = false;               ///< find an agent; nobody there: agent_unavailable()
    bool call_back = false;           ///< he was promised that an agent calls him
    std::optional<std::string> rejected;  ///< answer_typed(): why not, in the interview's language
    bool unusual = false;             ///< with `rejected`: taken all the same if a reason is given
    bool overruled = false;           ///< answer_typed(): unusual, and taken for the reason given
    std::optional<InterviewEnd> end;  ///< nothing more to come: hang up
};

/// What an earlier attempt left: its Settle and Keep changes, without those cleared since.
struct StoredAnswer {
    std::string key;
    std::string value;
    Settled how = Settled::Answered;
    bool kept = false;  ///< of a Keep
};

// The interpreter: each takes what happened, changes the state and says what to do. Pure; cannot
// fail. `form` must be the one the interview began with. What does not fit the phase changes
// nothing and gives an empty step. Rules: research/surveys.md 1.9, 2.3, 2.4.

/// @param earlier  answers of earlier attempts, oldest first; keys the form does not have are
///                 passed over. Nothing answered is asked again.
[[nodiscard]] InterviewStep begin(const Form& form, InterviewState& state, InterviewFacts facts,
                                  std::span<const StoredAnswer> earlier = {});
/// Everything in the last step's `play` has been played to its end.
[[nodiscard]] InterviewStep prompt_ended(const Form& form, InterviewState& state);
[[nodiscard]] InterviewStep key_pressed(const Form& form, InterviewState& state, char key);
[[nodiscard]] InterviewStep timed_out(const Form& form, InterviewState& state);
/// @param id      of the recording, as the answer will name it.
/// @param length  of what was said, without the silence that ended it.
[[nodiscard]] InterviewStep recording_ended(const Form& form, InterviewState& state,
                                            std::string_view id, std::chrono::milliseconds length);
/// For an interview without quotas (InterviewFacts::quotas); with them quotas_decided() comes
/// instead.
[[nodiscard]] InterviewStep answer_stored(const Form& form, InterviewState& state);
[[nodiscard]] InterviewStep opt_out_stored(const Form& form, InterviewState& state);
[[nodiscard]] InterviewStep agent_unavailable(const Form& form, InterviewState& state);
/// The interviewer is gone, and no other has come: the person is asked as if none had been there.
[[nodiscard]] InterviewStep agent_lost(const Form& form, InterviewState& state);
/// The call has reached the form's max_call: after the item at hand, which may still be answered,
/// the person hears that the time is up, and the interview ends early. Does nothing a second time,
/// nor where nothing but the end is left. Changes the state alone.
void end_after_item(InterviewState& state);
/// The person hung up. Sets the end; the step may still ask for an opt-out to be made durable.
[[nodiscard]] InterviewStep hung_up(const Form& form, InterviewState& state);

/// All keys of an entry at once, then silence: how answer files press them. Empty: silence.
[[nodiscard]] InterviewStep entry_made(const Form& form, InterviewState& state,
                                       std::string_view keys);

// --- by an interviewer ---

/// What the interviewer entered at the item at hand; empty at a note: it was read out. Text is kept
/// as it is typed, its ends trimmed: whoever takes it in gives it in NFC.
/// @param overrule  why an answer that fails the soft constraint is taken all the same; empty: it
///                  is not.
[[nodiscard]] InterviewStep answer_typed(const Form& form, InterviewState& state,
                                         std::string_view text, std::string_view overrule = {});
/// A command key of the page; also of use on the line.
[[nodiscard]] InterviewStep command_given(const Form& form, InterviewState& state, Command command);
/// The interview goes on in the other mode: at the item at hand if it was gone back to, else at the
/// first that is open.
[[nodiscard]] InterviewStep change_mode(const Form& form, InterviewState& state, Mode mode);
/// Ended early by the interviewer. `aapor` is the code unless enough was answered for a partial
/// interview; empty: as if the person had hung up.
[[nodiscard]] InterviewStep break_off(const Form& form, InterviewState& state, std::string aapor);

// --- quotas: before each next item ---

/// What quotas make of the answers given so far.
struct QuotaVerdict {
    std::optional<Outcome> end;    ///< QuotaFull or Screened: a cell is full
    RowIndex message = kNoRow;     ///< with `end`: the note that is played first
    std::vector<RowIndex> closed;  ///< groups that are not asked, of now and of earlier
};
/// Where a step's `ask_quotas` was set, and wherever its `store` has become durable. What was
/// answered in the closed groups is cleared (`store`); then the interview ends, or goes on without
/// them: at once, or if there was anything to clear when that is durable and the quotas have been
/// asked once more. Also after hung_up(), if its end counts: who leaves while his last answer is on
/// its way has not been decided on; then the end is changed, or stays.
[[nodiscard]] InterviewStep quotas_decided(const Form& form, InterviewState& state,
                                           const QuotaVerdict& verdict);
/// The quota of a cell is full: the interview ends as QUOTA_FULL, or as SCREENED.
[[nodiscard]] InterviewStep end_by_quota(const Form& form, InterviewState& state, Outcome outcome);
/// A group is not asked any more; its answers are cleared (`store`, if there were any).
[[nodiscard]] InterviewStep close_group(const Form& form, InterviewState& state, RowIndex group);

// --- questions about a state ---

/// The notes before the first question of this call were played to their end.
[[nodiscard]] bool has_heard_message(const InterviewState& state);
/// Keys of the items that are relevant and settled, and of the one at hand when the call ended, in
/// the order of presentation.
[[nodiscard]] std::vector<std::string> path_of(const Form& form, const InterviewState& state);
/// Non-empty values of settled questions and of relevant calculations, by key.
[[nodiscard]] std::vector<NamedText> answers_of(const Form& form, const InterviewState& state);

/// What an interviewer sees.
struct CurrentItem {
    std::string key;
    RowType type = RowType::Note;
    std::string text;  ///< to be read out
    std::string hint;  ///< never read out
    std::string help;  ///< shown on request
    std::string probe;
    std::vector<std::string> probes;   ///< neutral ones that fit any question; none at a note
    std::string anything_else;         ///< asked of several choices until nothing more comes
    std::vector<std::string> missing;  ///< merge fields of `text` without a value
    std::string as_written;            ///< with `missing`: the text with its fields as ${name}
    bool dont_know = false;            ///< may be left open as such
    bool refuse = false;
    bool back = true;               ///< may the last question be gone back to?
    bool unusual_is_asked = false;  ///< a soft constraint watches the answer
    struct Offer {
        std::string key;
        std::string name;
        std::string label;
        bool read_out = true;  ///< or left to the person to say; never don't know and refused
    };
    std::vector<Offer> choices;  ///< in the order in which they are read out
    bool required = false;
    std::string value;  ///< given before, or the default: to be confirmed
    std::string language;
    std::size_t settled = 0;  ///< questions that are, of those that the answers so far lead to
    std::size_t open = 0;     ///< and those that are not; the item at hand counts where it belongs
};
/// The question answered last before the item at hand, to be confirmed by an agent who takes over;
/// none: there is none, or the keypad alone was told.
[[nodiscard]] std::optional<NamedText> last_answer(const Form& form, const InterviewState& state);
/// none: the interview has ended, or only the keypad's part is left (Phase::Handover).
[[nodiscard]] std::optional<CurrentItem> current(const Form& form, const InterviewState& state);

}  // namespace bellwether::campaigns::form

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::form::Phase> = names("PROMPTING", "LISTENING",
                                                                 "RECORDING", "STORING",
                                                                 "OPTING_OUT", "HANDOVER",
                                                                 "CLOSING", "ENDED");
template <>
inline constexpr auto kEnumNames<campaigns::form::Asking> = names("ITEM", "CONFIRM", "OPT_OUT",
                                                                  "NO_AGENT");
template <>
inline constexpr auto kEnumNames<campaigns::form::HandoverReason> = names("NONE", "WANTED",
                                                                          "TRIES_USED_UP",
                                                                          "AGENTS_ROW", "PROMISED");
template <>
inline constexpr auto kEnumNames<campaigns::form::Outcome> = names("COMPLETE", "PARTIAL",
                                                                   "SCREENED", "QUOTA_FULL",
                                                                   "REFUSED");
template <>
inline constexpr auto kEnumNames<campaigns::form::EndCause> = names("LAST_ITEM", "NOTE", "HUNG_UP",
                                                                    "TRIES_USED_UP", "SILENCE",
                                                                    "OPT_OUT", "QUOTA",
                                                                    "BROKEN_OFF", "TIME_LIMIT",
                                                                    "CALL_BACK");
template <>
inline constexpr auto kEnumNames<campaigns::form::ChangeKind> = names("SETTLE", "CLEAR", "KEEP");
}  // namespace bellwether
