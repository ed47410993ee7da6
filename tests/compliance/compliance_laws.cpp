// Laws of compliance/, checked on random input.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "compliance/abandonment_account.h"
#include "compliance/decision.h"
#include "tests/compliance/reference.h"

namespace bellwether::compliance {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kFrom = 1735689600;  // 2025-01-01
constexpr std::int64_t kTo = 1767225600;    // 2026-01-01

ZoneOffsets any_zone() {
    return zone_named(*rc::gen::element<std::string>("Europe/Amsterdam", "Australia/Lord_Howe",
                                                     "America/Havana", "Asia/Kathmandu"));
}

CallingHours any_hours() {
    CallingHours calling{.zone = any_zone(), .windows = {}};
    const int count = *rc::gen::element(0, 1, 1, 2, 3);
    for (int i = 0; i < count; ++i) {
        const int from = *rc::gen::inRange(0, 1440);
        const int to = *rc::gen::inRange(from + 1, 1441);
        calling.windows.push_back({.days = *rc::gen::inRange<std::uint8_t>(1, 128),
                                   .from = minutes{from},
                                   .to = minutes{to}});
    }
    return calling;
}

UtcTime any_instant() {
    return utc_seconds(*rc::gen::inRange(kFrom, kTo)) + milliseconds{*rc::gen::inRange(0, 1000)};
}

RC_GTEST_PROP(CallingHoursLaw, TheVerdictHoldsUntilItSaysAndChangesThere, ()) {
    const CallingHours calling = any_hours();
    const UtcTime at = any_instant();
    const HoursVerdict verdict = check_hours(calling, at);
    if (!verdict.until) return;  // never open, or always
    RC_ASSERT(*verdict.until > at);
    const auto length = (*verdict.until - at).count();
    const UtcTime between = at + milliseconds{*rc::gen::inRange<std::int64_t>(0, length)};
    RC_ASSERT(check_hours(calling, between).open == verdict.open);
    RC_ASSERT(check_hours(calling, between).until == verdict.until);
    RC_ASSERT(check_hours(calling, *verdict.until).open != verdict.open);
}

RC_GTEST_PROP(CallingHoursLaw, OneWindowMoreNeverCloses, ()) {
    CallingHours calling = any_hours();
    const UtcTime at = any_instant();
    const bool open_before = check_hours(calling, at).open;
    const CallingHours more = any_hours();
    calling.windows.insert(calling.windows.end(), more.windows.begin(), more.windows.end());
    RC_ASSERT(!open_before || check_hours(calling, at).open);
}

RC_GTEST_PROP(AccountWindowLaw, WindowsHoldTheirInstantsAndNeverGoBack, ()) {
    const ZoneOffsets zone = any_zone();
    const auto kind = *rc::gen::element(WindowKind::Day, WindowKind::ThirtyDays, WindowKind::Month,
                                        WindowKind::Hours);
    const AccountWindow window{kind, kind == WindowKind::Hours ? *rc::gen::inRange(1, 200) : 0};
    const UtcTime at = any_instant();
    const UtcTime later = at + minutes{*rc::gen::inRange(0, 100 * 24 * 60)};
    const UtcTime start = window_start_of(window, zone, at);
    RC_ASSERT(start <= at);
    const hours slip{kind == WindowKind::Month ? 25 : 1};  // a month of 31 days, a change of clocks
    RC_ASSERT(at - start < nominal_length(window) + slip);
    RC_ASSERT(window_start_of(window, zone, later) >= start);
    RC_ASSERT(window_start_of(window, zone, start) == start);
    const UtcTime end = window_end_of(window, zone, at);
    RC_ASSERT(end > at);
    RC_ASSERT(window_start_of(window, zone, end) == end);
}

RC_GTEST_PROP(SlackLaw, AnAbandonedCallCostsOneAndAnAnswerGivesTheCap, ()) {
    const auto answers = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
    const auto abandoned = *rc::gen::inRange<std::int64_t>(0, answers);
    const Probability cap{*rc::gen::inRange(1, 100) / 1000.0};
    const AbandonmentAccount before{
        .window_start = {}, .live_answers = answers, .abandoned = abandoned};
    AbandonmentAccount lost = before;
    ++lost.abandoned;
    AbandonmentAccount taken = before;
    ++taken.live_answers;
    RC_ASSERT(std::abs(slack(before, cap) - slack(lost, cap) - 1.0) < 1e-6);
    RC_ASSERT(std::abs(slack(taken, cap) - slack(before, cap) - cap.value()) < 1e-6);
}

DialFacts any_facts(UtcTime at) {
    return {.at = at,
            .suppressed = *rc::gen::arbitrary<bool>(),
            .destination_allowed = *rc::gen::arbitrary<bool>(),
            .number_busy = *rc::gen::arbitrary<bool>(),
            .attempts_made = *rc::gen::inRange(0, 5),
            .attempts_max = *rc::gen::inRange(1, 5)};
}

/// How strict a decision is: a mild one never stands where a strict one could.
int strictness(const Decision& decision) { return static_cast<int>(decision.verdict); }

RC_GTEST_PROP(DecisionLaw, OneMoreObjectionIsNeverMilder, ()) {
    const CallingHours calling = any_hours();
    const DialFacts facts = any_facts(any_instant());
    const Decision before = decide(calling, facts);
    DialFacts worse = facts;
    switch (*rc::gen::inRange(0, 4)) {
        case 0:
            worse.suppressed = true;
            break;
        case 1:
            worse.destination_allowed = false;
            break;
        case 2:
            worse.number_busy = true;
            break;
        default:
            worse.attempts_made = worse.attempts_max;
            break;
    }
    RC_ASSERT(strictness(decide(calling, worse)) >= strictness(before));
}

RC_GTEST_PROP(DecisionLaw, AllowMeansThatNothingStandsAgainstIt, ()) {
    const CallingHours calling = any_hours();
    const DialFacts facts = any_facts(any_instant());
    const Decision decision = decide(calling, facts);
    const bool clean = !facts.suppressed && facts.destination_allowed && !facts.number_busy &&
                       facts.attempts_made < facts.attempts_max &&
                       check_hours(calling, facts.at).open;
    RC_ASSERT((decision.verdict == Verdict::Allow) == clean);
    RC_ASSERT((decision.rule == Rule::None) == clean);
}

}  // namespace
}  // namespace bellwether::compliance
