#include "compliance/decision.h"

#include <algorithm>

namespace bellwether::compliance {

bool Decision::binds_an_agent() const {
    return std::ranges::any_of(obligations, [](policy::ObligationKind kind) {
        return kind == policy::ObligationKind::ReserveAgent ||
               kind == policy::ObligationKind::ProgressiveOnly;
    });
}

Decision stricter(const Decision& first, const Decision& second) {
    if (first.verdict != second.verdict) return first.verdict > second.verdict ? first : second;
    if (first.verdict == Verdict::Defer && first.until) {
        if (!second.until || *second.until > *first.until) return second;
    }
    Decision both = first;
    for (const auto kind : second.obligations) {
        if (std::ranges::find(both.obligations, kind) == both.obligations.end())
            both.obligations.push_back(kind);
    }
    return both;
}

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
