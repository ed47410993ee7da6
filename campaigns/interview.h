#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "campaigns/questionnaire.h"

namespace bellwether::campaigns {

enum class InterviewPhase {
    Prompting,  ///< a prompt plays; a key interrupts it
    Listening,  ///< waiting for a key
    Storing,    ///< an answer is on its way to the disk; the next question waits for it
    OptingOut,  ///< an opt-out is on its way to the disk
    Closing,    ///< the last prompt plays (thanks, or opt-out confirmed)
    Ended,
};

enum class InterviewEnd {
    Complete,  ///< every question answered, the closing note heard or begun
    Partial,   ///< hung up, or too many wrong or missing keys
    OptedOut,
};

/// Where one interview stands. Plain data: it is part of the engine's snapshot.
struct InterviewState {
    InterviewPhase phase = InterviewPhase::Prompting;
    std::size_t question = 0;  ///< index into Questionnaire::questions
    int asked_again = 0;       ///< of this question
    int answers = 0;           ///< stored so far
    std::string digits;        ///< of an Integer being typed; personal data
    std::string early_keys;    ///< pressed while Storing, used for the next question; at most 8;
                               ///< personal data
    std::optional<InterviewEnd> end;
    bool opted_out = false;  ///< the opt-out key was pressed: whatever follows, the end is OptedOut

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("phase", self.phase);
        visit("question", self.question);
        visit("asked_again", self.asked_again);
        visit("answers", self.answers);
        visit.personal("digits", self.digits);
        visit.personal("early_keys", self.early_keys);
        visit("end", self.end);
        visit("opted_out", self.opted_out);
    }
};

/// What to do next; any combination, in this order.
struct InterviewStep {
    bool stop_prompt = false;                    ///< silence what plays now
    std::vector<std::string> play;               ///< prompts to play, in order; empty: none
    std::optional<std::chrono::seconds> listen;  ///< wait for a key so long, then timed_out()
    struct Answer {
        std::string question;
        std::string value;
    };
    std::optional<Answer> store;      ///< make durable, then answer_stored()
    bool opt_out = false;             ///< make the do-not-call durable, then opt_out_stored()
    std::optional<InterviewEnd> end;  ///< nothing more to come: hang up
};

// The interpreter: each takes what happened, changes the state and says what to do. Pure; cannot
// fail. `questionnaire` must be the one the interview began with. After `end` every call returns an
// empty step.
[[nodiscard]] InterviewStep begin(const Questionnaire& questionnaire, InterviewState& state);
/// Everything in the last step's `play` has been played to its end: once per list, not per prompt.
[[nodiscard]] InterviewStep prompt_ended(const Questionnaire& questionnaire, InterviewState& state);
[[nodiscard]] InterviewStep key_pressed(const Questionnaire& questionnaire, InterviewState& state,
                                        char key);
[[nodiscard]] InterviewStep timed_out(const Questionnaire& questionnaire, InterviewState& state);
[[nodiscard]] InterviewStep answer_stored(const Questionnaire& questionnaire,
                                          InterviewState& state);
[[nodiscard]] InterviewStep opt_out_stored(const Questionnaire& questionnaire,
                                           InterviewState& state);
/// The person hung up: the state ends as Partial unless it had ended, the opt-out key was pressed
/// (OptedOut), or every question was answered (Complete; the last answer may still be on its way to
/// the disk, and answer_stored() then still counts it).
void hung_up(const Questionnaire& questionnaire, InterviewState& state);

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::InterviewPhase> = names("PROMPTING", "LISTENING",
                                                                    "STORING", "OPTING_OUT",
                                                                    "CLOSING", "ENDED");
template <>
inline constexpr auto kEnumNames<campaigns::InterviewEnd> = names("COMPLETE", "PARTIAL",
                                                                  "OPTED_OUT");
}  // namespace bellwether
