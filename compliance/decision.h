#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/time.h"
#include "compliance/calling_hours.h"
#include "compliance/policy/words.h"

namespace bellwether::compliance {

enum class Verdict {
    Allow,  ///< may be called now
    Defer,  ///< not now; may be asked again at `until`
    Deny,   ///< not by this campaign, whatever the time
};

/// The rule that decided.
enum class Rule {
    None,               ///< nothing stands against it
    CallingHours,       ///< outside the campaign's calling hours
    DoNotCall,          ///< the number is suppressed for this client organisation
    DestinationPrefix,  ///< no trunk may dial this prefix: prefixes are denied by default
    AttemptCap,         ///< the contact has had all its attempts
    NumberBusy,         ///< another attempt at this number is alive (promise R1)
    AgentSkill,         ///< nobody at work can talk to him: no agent has the skill
    Policy,             ///< a rule of the policy packs, or of their core: see Decision::cited
    QuotaFull,          ///< every cell that the contact could fill is full: see Decision::cited
    Refused,            ///< the case has refused: for good, or until somebody may call it once more
};

/// What is known about one number at one moment.
struct DialFacts {
    UtcTime at;
    bool suppressed = false;
    bool destination_allowed = false;  ///< false unless a trunk's prefix list says so
    bool number_busy = false;
    int attempts_made = 0;  ///< by this campaign at this contact, >= 0
    int attempts_max = 0;   ///< >= 1
};

struct Decision {
    Verdict verdict = Verdict::Deny;
    Rule rule = Rule::None;
    std::optional<UtcTime> until;  ///< for Defer: the first instant worth asking again
    std::string
        cited{};  ///< of rule Policy: its id, "us.fcc.hours"; of QuotaFull: a cell; else empty
    /// How the call must be made, if it is.
    std::vector<policy::ObligationKind> obligations{};

    [[nodiscard]] bool binds_an_agent() const;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("verdict", self.verdict);
        visit("rule", self.rule);
        visit("until", self.until);
        visit("cited", self.cited);
        visit("obligations", self.obligations);
    }
    friend bool operator==(const Decision&, const Decision&) = default;
};

/// The stricter of two decisions about one call: Deny before Defer before Allow; of two that defer
/// the one that lasts longer (one without an end lasts longest), else the first. Obligations of
/// both hold on Allow.
[[nodiscard]] Decision stricter(const Decision& first, const Decision& second);

/// May this number be called now? The strictest rule wins: Deny before Defer before Allow; among
/// equals the order of `Rule`'s DoNotCall, DestinationPrefix, AttemptCap, CallingHours, NumberBusy.
/// Cannot fail.
[[nodiscard]] Decision decide(const CallingHours& hours, const DialFacts& facts);

}  // namespace bellwether::compliance

namespace bellwether {
template <>
inline constexpr auto kEnumNames<compliance::Verdict> = names("ALLOW", "DEFER", "DENY");
template <>
inline constexpr auto kEnumNames<compliance::Rule> = names("NONE", "CALLING_HOURS", "DO_NOT_CALL",
                                                           "DESTINATION_PREFIX", "ATTEMPT_CAP",
                                                           "NUMBER_BUSY", "AGENT_SKILL", "POLICY",
                                                           "QUOTA_FULL", "REFUSED");
}  // namespace bellwether
