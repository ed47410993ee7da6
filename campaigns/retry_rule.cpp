#include "campaigns/retry_rule.h"

#include <algorithm>

#include "compliance/abandonment_account.h"
#include "compliance/zone_walk.h"

namespace bellwether::campaigns {
namespace {

using compliance::LocalTime;
using compliance::ZoneOffsets;
using std::chrono::days;

/// Served, opted out or denied: no rule may try again.
bool is_final(Outcome outcome) {
    switch (outcome) {
        case Outcome::Connected:
        case Outcome::InterviewComplete:
        case Outcome::InterviewScreened:
        case Outcome::InterviewQuotaFull:
        case Outcome::InterviewRefused:
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

/// Has the outcome ended as many attempts as its own cap allows?
bool is_used_up(const RetryRule& rule, const EndedAttempt& attempt) {
    const auto listed = std::ranges::find(rule.delays, attempt.outcome, &RetryRule::Delay::outcome);
    if (listed == rule.delays.end() || listed->attempts_max == 0) return false;
    const auto& before = attempt.before.outcomes;
    const auto tally = std::ranges::find(before, attempt.outcome, &OutcomeTally::outcome);
    const int ended_so = 1 + (tally == before.end() ? 0 : tally->attempts);
    return ended_so >= listed->attempts_max;
}

std::optional<LocalTime> local_at(const ZoneOffsets& zone, UtcTime at) {
    const auto stretch = compliance::stretch_at(zone, at);
    if (!stretch) return std::nullopt;
    return compliance::local_time(at, stretch->offset);
}

/// When the zone's clocks show `local`. Where a change of the clocks leaves it out: as if they had
/// not changed yet.
UtcTime utc_of(const ZoneOffsets& zone, LocalTime local, UtcTime near) {
    const auto stretch = compliance::stretch_at(zone, near);
    const UtcTime guess = compliance::utc_time(local, stretch->offset);
    const auto then = compliance::stretch_at(zone, guess);
    return then ? compliance::utc_time(local, then->offset) : guess;
}

/// The day's cap is used up: not before the next local day.
UtcTime after_the_days_cap(const RetryRule& rule, const ZoneOffsets& zone,
                           const EndedAttempt& attempt, UtcTime due) {
    if (rule.attempts_per_day == 0) return due;
    if (attempt.before.attempts_today + 1 < rule.attempts_per_day) return due;
    return std::max(due, compliance::window_end_of({compliance::WindowKind::Day}, zone,
                                                   attempt.ended, attempt.ended));
}

const DayPart* part_at(const RetryRule& rule, LocalTime local) {
    const auto time_of_day = local - std::chrono::floor<days>(local);
    const auto found = std::ranges::find_if(rule.day_parts, [&](const DayPart& part) {
        return part.from <= time_of_day && time_of_day < part.to;
    });
    return found == rule.day_parts.end() ? nullptr : &*found;
}

}  // namespace

std::optional<UtcTime> next_attempt_at(const RetryRule& rule, const ZoneOffsets& zone,
                                       const EndedAttempt& attempt) {
    if (is_final(attempt.outcome) || attempt.attempts_made >= rule.attempts_max)
        return std::nullopt;
    if (attempt.outcome == Outcome::Withdrawn) return attempt.ended;

    const auto delay = delay_after(rule, attempt.outcome);
    if (!delay || is_used_up(rule, attempt)) return std::nullopt;
    const UtcTime due = after_the_days_cap(rule, zone, attempt, attempt.ended + *delay);
    return in_another_part(rule, zone, attempt.ended, due);
}

UtcTime in_another_part(const RetryRule& rule, const ZoneOffsets& zone, UtcTime last, UtcTime due) {
    const auto was = local_at(zone, last);
    const auto wanted = local_at(zone, due);
    if (rule.day_parts.size() < 2 || !was || !wanted) return due;
    const DayPart* tried = part_at(rule, *was);
    if (tried == nullptr) return due;
    const DayPart* next = tried + 1 == rule.day_parts.data() + rule.day_parts.size()
                              ? rule.day_parts.data()
                              : tried + 1;
    if (part_at(rule, *wanted) == next) return due;
    LocalTime begins = std::chrono::floor<days>(*wanted) + next->from;
    if (begins < *wanted) begins += days{1};
    return utc_of(zone, begins, due);
}

}  // namespace bellwether::campaigns
