#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>

#include "base/ids.h"
#include "base/time.h"
#include "campaigns/refusal.h"
#include "campaigns/retry_rule.h"

// Refusal conversion: who has refused mildly is asked once more, later, by another interviewer.

namespace bellwether::campaigns {

/// How a campaign converts. A campaign without the rule converts nobody.
struct ConversionRule {
    std::chrono::seconds cooling{std::chrono::days{7}};  ///< before he is called again, >= a day
    std::string skill;              ///< of an agent who may convert; empty: any other one
    bool same_interviewer = false;  ///< also the one who was refused
    std::string script;             ///< how the interviewer begins; may be empty

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("cooling_s", self.cooling);
        visit("skill", self.skill);
        visit("same_interviewer", self.same_interviewer);
        visit("script", self.script);
    }
};

/// A refusal that a case was called again after.
struct EarlierRefusal {
    AgentId to{};  ///< the interviewer
    UtcTime at;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("to", self.to);
        visit("at", self.at);
    }
};

/// What follows from a refusal.
enum class Conversion {
    Planned,       ///< he is called once more
    DoNotCall,     ///< he asked not to be called
    Again,         ///< it was his second
    Hard,          ///< it was no mild one
    ByKey,         ///< nobody heard how he said it
    Off,           ///< the campaign converts nobody
    AttemptsUsed,  ///< the campaign's attempts at the contact are
    TakenBack,     ///< the agent corrected himself: it was no refusal
};

/// One refusal of a case, with what the campaign has done at it so far.
struct CaseRefusal {
    RefusalStrength strength = RefusalStrength::Hard;
    bool do_not_call = false;                ///< he asked for it
    AgentId to{};                            ///< the interviewer; 0: he refused by a key
    std::optional<EarlierRefusal> before{};  ///< of the same case
    int attempts_made = 0;                   ///< including this one, >= 1
    UtcTime at;
};

struct AfterRefusal {
    Conversion conversion = Conversion::Off;
    std::optional<UtcTime> due;  ///< of Planned, and of nothing else
};

/// Whether and when a case that has refused is called again. Of several reasons against it the
/// first in the order of Conversion is told. A call to convert falls into another part of the day
/// than the refusal, where the retry rule has parts; its caps hold for conversions too.
/// Cannot fail.
/// @param zone  whose clocks the parts of the day are on.
[[nodiscard]] AfterRefusal after_refusal(const std::optional<ConversionRule>& rule,
                                         const RetryRule& retry,
                                         const compliance::ZoneOffsets& zone,
                                         const CaseRefusal& refusal);

/// The agent who may not call a case that has refused; 0: there is none such.
[[nodiscard]] AgentId barred_from(const std::optional<EarlierRefusal>& refused,
                                  const std::optional<ConversionRule>& rule);

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::Conversion> = names("PLANNED", "DO_NOT_CALL", "AGAIN",
                                                                "HARD", "BY_KEY", "OFF",
                                                                "ATTEMPTS_USED", "TAKEN_BACK");
}  // namespace bellwether
