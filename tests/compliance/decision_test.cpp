#include "compliance/decision.h"

#include <gtest/gtest.h>

#include <ostream>

#include "tests/compliance/reference.h"

namespace bellwether::compliance {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kMonday = 1767571200;  // 2026-01-05 00:00 UTC
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kNine = kMonday + 9 * kHour;

CallingHours nine_to_nine() {
    return {.zone = {.name = "UTC", .offsets = {{.from = utc_seconds(0), .offset = seconds{0}}}},
            .windows = {{.days = 127, .from = minutes{540}, .to = minutes{1260}}}};
}

// Columns: what stands against the call; the verdict that decision.h promises for it.
struct Case {
    const char* name;
    bool suppressed;
    bool destination_allowed;
    int attempts_made;
    bool in_hours;
    bool number_busy;
    Verdict verdict;
    Rule rule;
};
void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }

constexpr bool kYes = true;
constexpr bool kNo = false;

class DecisionTable : public testing::TestWithParam<Case> {};

TEST_P(DecisionTable, TheStrictestRuleDecides) {
    const Case& row = GetParam();
    const std::int64_t at = row.in_hours ? kNine : kMonday;
    const Decision decision =
        decide(nine_to_nine(), {.at = utc_seconds(at),
                                .suppressed = row.suppressed,
                                .destination_allowed = row.destination_allowed,
                                .number_busy = row.number_busy,
                                .attempts_made = row.attempts_made,
                                .attempts_max = 3});
    EXPECT_EQ(decision.verdict, row.verdict);
    EXPECT_EQ(decision.rule, row.rule);
    const bool waits_for_hours = row.rule == Rule::CallingHours;
    EXPECT_EQ(decision.until, waits_for_hours ? std::optional{utc_seconds(kNine)} : std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, DecisionTable,
    testing::Values(
        Case{"Nothing", kNo, kYes, 0, kYes, kNo, Verdict::Allow, Rule::None},
        Case{"LastAttempt", kNo, kYes, 2, kYes, kNo, Verdict::Allow, Rule::None},
        Case{"NumberBusy", kNo, kYes, 0, kYes, kYes, Verdict::Defer, Rule::NumberBusy},
        Case{"TooEarly", kNo, kYes, 0, kNo, kNo, Verdict::Defer, Rule::CallingHours},
        Case{"TooEarlyAndBusy", kNo, kYes, 0, kNo, kYes, Verdict::Defer, Rule::CallingHours},
        Case{"CapReached", kNo, kYes, 3, kYes, kNo, Verdict::Deny, Rule::AttemptCap},
        Case{"CapReachedTooEarly", kNo, kYes, 4, kNo, kYes, Verdict::Deny, Rule::AttemptCap},
        Case{"NoPrefix", kNo, kNo, 0, kYes, kNo, Verdict::Deny, Rule::DestinationPrefix},
        Case{"NoPrefixAndCap", kNo, kNo, 3, kNo, kNo, Verdict::Deny, Rule::DestinationPrefix},
        Case{"Suppressed", kYes, kYes, 0, kYes, kNo, Verdict::Deny, Rule::DoNotCall},
        Case{"SuppressedAndAllElse", kYes, kNo, 9, kNo, kYes, Verdict::Deny, Rule::DoNotCall}),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(Decision, ByDefaultDenies) {
    const Decision decision = decide(CallingHours{}, DialFacts{});
    EXPECT_EQ(decision.verdict, Verdict::Deny);
}

}  // namespace
}  // namespace bellwether::compliance
