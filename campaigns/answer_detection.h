#pragma once

#include <string>

#include "answer-detect/policy.h"
#include "base/enum_names.h"
#include "base/probability.h"

namespace bellwether::campaigns {

enum class OnMachine {
    HangUp,
    LeaveMessage,  ///< after its beep, or the silence that stands for one
};

/// A line that was answered and on which nobody speaks.
enum class OnNoSpeech {
    Person,  ///< treated as one who waits for the other to begin
    HangUp,  ///< counts as a person abandoned all the same: it may have been one
};

/// How a campaign listens to who answers, and what it does about it.
struct AnswerDetection {
    answer_detect::Mode mode = answer_detect::Mode::Off;
    OnMachine on_machine = OnMachine::HangUp;
    OnNoSpeech on_no_speech = OnNoSpeech::Person;
    std::string message_prompt;  ///< LeaveMessage: required
    std::string
        screener_prompt;  ///< said once to an assistant that screens calls; empty: nothing is
    /// Of MACHINE verdicts that are bridged all the same, or kept for review where no agent is:
    /// the detector's error is measured on them.
    Probability audit_share{0.01};
    /// People that are probably taken for machines use up the abandonment cap, too: as Ofcom has
    /// it (research: pacing A, answer-detect 2.4). Pacing aims that much lower.
    bool count_errors = false;

    /// Nobody is connected before the verdict.
    [[nodiscard]] bool awaits_verdict() const {
        return mode == answer_detect::Mode::Careful || mode == answer_detect::Mode::Balanced;
    }

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("mode", self.mode);
        visit("on_machine", self.on_machine);
        visit("on_no_speech", self.on_no_speech);
        visit("message_prompt", self.message_prompt);
        visit("screener_prompt", self.screener_prompt);
        visit("audit_share", self.audit_share);
        visit("count_errors", self.count_errors);
    }
};

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::OnMachine> = names("HANG_UP", "LEAVE_MESSAGE");
template <>
inline constexpr auto kEnumNames<campaigns::OnNoSpeech> = names("PERSON", "HANG_UP");
}  // namespace bellwether
