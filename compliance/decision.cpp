#include "compliance/decision.h"

namespace bellwether::compliance {

Decision decide(const CallingHours& hours, const DialFacts& facts) {
    const auto deny = [](Rule rule) { return Decision{Verdict::Deny, rule, std::nullopt}; };
    if (facts.suppressed) return deny(Rule::DoNotCall);
    if (!facts.destination_allowed) return deny(Rule::DestinationPrefix);
    if (facts.attempts_made >= facts.attempts_max) return deny(Rule::AttemptCap);

    const HoursVerdict now = check_hours(hours, facts.at);
    if (!now.open) return {Verdict::Defer, Rule::CallingHours, now.until};
    // Nobody knows when the other attempt ends: its end is the event to ask again on.
    if (facts.number_busy) return {Verdict::Defer, Rule::NumberBusy, std::nullopt};
    return {Verdict::Allow, Rule::None, std::nullopt};
}

}  // namespace bellwether::compliance
