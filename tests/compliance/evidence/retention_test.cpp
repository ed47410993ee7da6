#include "compliance/evidence/retention.h"

#include <gtest/gtest.h>

namespace bellwether::compliance::evidence {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

UtcTime day(std::chrono::year_month_day date) { return UtcTime{sys_days{date}}; }

TEST(Retention, CountsCalendarYears) {
    const UtcTime noon = day(2026y / 11 / 23) + 12h;
    EXPECT_EQ(years_after(noon, 5), day(2031y / 11 / 23) + 12h);
    EXPECT_EQ(years_after(day(2024y / 2 / 29), 1), day(2025y / 2 / 28));
    EXPECT_EQ(years_after(day(2024y / 2 / 29), 4), day(2028y / 2 / 29));
}

TEST(Retention, TakesTheLongestDutyAndTheShortestLimit) {
    const std::vector<RetentionRule> rules{
        {"CALL", 5, 0}, {"CALL", 3, 10}, {"CALL", 0, 8}, {"CONSENT_GIVEN", 5, 3}};
    EXPECT_EQ(retention_of("CALL", rules), (Retention{5, 8, false}));
    EXPECT_EQ(retention_of("ACCESS", rules), Retention{});
    EXPECT_TRUE(retention_of("CONSENT_GIVEN", rules).is_conflict);
}

TEST(Retention, EndsOnTheVeryInstant) {
    const UtcTime since = day(2020y / 1 / 1);
    const Retention five{5, 0, false};
    EXPECT_FALSE(is_over(five, since, day(2025y / 1 / 1) - 1ms));
    EXPECT_TRUE(is_over(five, since, day(2025y / 1 / 1)));
    EXPECT_FALSE(is_over({5, 8, false}, since, day(2027y / 1 / 1))) << "the limit decides";
    EXPECT_TRUE(is_over({5, 8, false}, since, day(2028y / 1 / 1)));
}

TEST(Retention, NeverEndsWithoutARuleOrAgainstAnother) {
    EXPECT_FALSE(is_over({}, day(1970y / 1 / 1), day(2100y / 1 / 1)));
    EXPECT_FALSE(is_over({5, 3, true}, day(1970y / 1 / 1), day(2100y / 1 / 1)));
}

}  // namespace
}  // namespace bellwether::compliance::evidence
