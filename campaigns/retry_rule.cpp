#include "campaigns/retry_rule.h"

#include <algorithm>

namespace bellwether::campaigns {
namespace {

/// Served, opted out or denied: no rule may try again.
bool is_final(Outcome outcome) {
    switch (outcome) {
        case Outcome::Connected:
        case Outcome::InterviewComplete:
        case Outcome::NoticePlayed:
        case Outcome::OptedOut:
        case Outcome::DestinationDenied:
            return true;
        default:
            return false;
    }
}

std::optional<std::chrono::seconds> delay_after(const RetryRule& rule, Outcome outcome) {
    std::optional<std::chrono::seconds> delay;
    const auto listed = std::ranges::find(rule.delays, outcome, &RetryRule::Delay::outcome);
    if (listed != rule.delays.end()) delay = listed->delay;
    // Nobody knows whether the phone rang before the crash: the cool-off is the least to wait (R4).
    if (outcome == Outcome::Unknown) {
        return std::max(delay.value_or(rule.unknown_cooloff), rule.unknown_cooloff);
    }
    return delay;
}

}  // namespace

std::optional<UtcTime> next_attempt_at(const RetryRule& rule, Outcome outcome, int attempts_made,
                                       UtcTime ended) {
    if (is_final(outcome) || attempts_made >= rule.attempts_max) return std::nullopt;
    if (outcome == Outcome::Withdrawn) return ended;

    const auto delay = delay_after(rule, outcome);
    if (!delay) return std::nullopt;
    return ended + *delay;
}

}  // namespace bellwether::campaigns
