#include "campaigns/conversion.h"

#include <gtest/gtest.h>

#include <ostream>

namespace bellwether::campaigns {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// Amsterdam in March 2026: clocks go forward on the 29th, from UTC+1 to UTC+2.
compliance::ZoneOffsets amsterdam() {
    return {"Europe/Amsterdam",
            {{UtcTime{}, seconds{3600}}, {UtcTime{seconds{1'774'746'000}}, seconds{7200}}}};
}

RetryRule three_parts() {
    return {.attempts_max = 6,
            .day_parts = {{"morning", hours{9}, hours{12}},
                          {"afternoon", hours{12}, hours{17}},
                          {"evening", hours{17}, hours{21}}}};
}

CaseRefusal soft(std::int64_t at = 1'773'133'200) {
    return {.strength = RefusalStrength::Soft,
            .to = AgentId{7},
            .attempts_made = 1,
            .at = UtcTime{seconds{at}}};
}

// Expected values: scripts/reference/conversion.py (Python's zoneinfo, written apart from the C++).
struct KnownDue {
    const char* name;
    bool has_parts;
    std::int64_t refused;
    std::int64_t cooling;
    std::int64_t due;
};
void PrintTo(const KnownDue& row, std::ostream* out) { *out << row.name; }

class ConversionTable : public testing::TestWithParam<KnownDue> {};

TEST_P(ConversionTable, ComesAfterTheCoolingAndInAnotherPartOfTheDay) {
    const KnownDue& row = GetParam();
    RetryRule retry = three_parts();
    if (!row.has_parts) retry.day_parts.clear();
    const ConversionRule rule{.cooling = seconds{row.cooling}};
    const auto after = after_refusal(rule, retry, amsterdam(), soft(row.refused));
    EXPECT_EQ(after.conversion, Conversion::Planned);
    EXPECT_EQ(after.due, UtcTime{seconds{row.due}});
}

INSTANTIATE_TEST_SUITE_P(
    Reference, ConversionTable,
    testing::Values(KnownDue{"NoParts", false, 1'773'133'200, 604'800, 1'773'738'000},
                    KnownDue{"MorningThenAfternoon", true, 1'773'133'200, 604'800, 1'773'745'200},
                    KnownDue{"EveningThenMorning", true, 1'773'167'400, 604'800, 1'773'820'800},
                    KnownDue{"OutsideEveryPart", true, 1'773'177'300, 604'800, 1'773'782'100},
                    KnownDue{"ClocksGoForward", true, 1'774'429'200, 604'800, 1'775'037'600},
                    KnownDue{"EveningOverTheChange", true, 1'774'467'000, 604'800, 1'775'113'200},
                    KnownDue{"OneDay", true, 1'774'434'600, 86'400, 1'774'522'800}),
    [](const auto& row) { return row.param.name; });

TEST(Conversion, IsOnlyForASoftFirstRefusalToAnInterviewer) {
    const ConversionRule rule;
    const auto verdict = [&](const CaseRefusal& refusal) {
        const auto after = after_refusal(rule, three_parts(), amsterdam(), refusal);
        EXPECT_EQ(after.due.has_value(), after.conversion == Conversion::Planned);
        return after.conversion;
    };
    EXPECT_EQ(verdict(soft()), Conversion::Planned);
    CaseRefusal hard = soft();
    hard.strength = RefusalStrength::Hard;
    EXPECT_EQ(verdict(hard), Conversion::Hard);
    CaseRefusal by_key = soft();
    by_key.to = AgentId{};
    EXPECT_EQ(verdict(by_key), Conversion::ByKey);
    CaseRefusal asked = soft();
    asked.do_not_call = true;
    EXPECT_EQ(verdict(asked), Conversion::DoNotCall);
}

TEST(Conversion, IsTriedOnce) {
    CaseRefusal second = soft();
    second.before = EarlierRefusal{AgentId{3}, second.at - hours{24 * 8}};
    const auto after = after_refusal(ConversionRule{}, three_parts(), amsterdam(), second);
    EXPECT_EQ(after.conversion, Conversion::Again);
    EXPECT_EQ(after.due, std::nullopt);
}

TEST(Conversion, NeedsTheCampaignsLeaveAndAnAttempt) {
    EXPECT_EQ(after_refusal(std::nullopt, three_parts(), amsterdam(), soft()).conversion,
              Conversion::Off);
    CaseRefusal last = soft();
    last.attempts_made = 6;
    EXPECT_EQ(after_refusal(ConversionRule{}, three_parts(), amsterdam(), last).conversion,
              Conversion::AttemptsUsed);
    last.attempts_made = 5;
    EXPECT_EQ(after_refusal(ConversionRule{}, three_parts(), amsterdam(), last).conversion,
              Conversion::Planned);
}

TEST(Conversion, IsNotForTheOneWhoWasRefused) {
    const EarlierRefusal refused{AgentId{3}, UtcTime{}};
    EXPECT_EQ(barred_from(std::nullopt, ConversionRule{}), AgentId{});
    EXPECT_EQ(barred_from(refused, ConversionRule{}), AgentId{3});
    EXPECT_EQ(barred_from(refused, std::nullopt), AgentId{3});
    EXPECT_EQ(barred_from(refused, ConversionRule{.same_interviewer = true}), AgentId{});
}

}  // namespace
}  // namespace bellwether::campaigns
