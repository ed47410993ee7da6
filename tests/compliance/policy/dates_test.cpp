#include "compliance/policy/dates.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

TEST(Dates, TodayIsWhatTheZonesClocksShow) {
    const Today both = today(kInBoth, instant("2026-11-24T06:00:00Z"));  // 01:00 and 22:00
    EXPECT_EQ(to_text(both.first), "2026-11-23");
    EXPECT_EQ(to_text(both.last), "2026-11-24");
}

TEST(Dates, WithoutZonesTodayMayBeAnyDayAnywhere) {
    const Today unknown = today({}, instant("2026-11-24T06:00:00Z"));
    EXPECT_EQ(to_text(unknown.first), "2026-11-23");
    EXPECT_EQ(to_text(unknown.last), "2026-11-25");
    constexpr std::array<Zone, 1> kNowhere{&kWithoutData};
    EXPECT_EQ(to_text(today(kNowhere, instant("2026-11-24T06:00:00Z")).last), "2026-11-25");
}

TEST(Dates, ADayBeginsAtTheLocalMidnight) {
    const UtcTime now = instant("2026-11-24T06:00:00Z");
    const Today both = today(kInBoth, now);
    const When day = When::on(date("2026-11-24"));
    EXPECT_FALSE(has_surely_begun(day, now, both));
    EXPECT_TRUE(may_have_begun(day, now, both));
    EXPECT_TRUE(has_surely_begun(When::at(now), now, both));
    EXPECT_FALSE(may_have_begun(When::at(now + std::chrono::milliseconds{1}), now, both));
}

TEST(Dates, AnInstantHasItsDayInEachZone) {
    const When when = When::at(instant("2026-11-24T06:00:00Z"));
    EXPECT_EQ(to_text(earliest_day(when, kInBoth)), "2026-11-23");
    EXPECT_EQ(to_text(latest_day(when, kInBoth)), "2026-11-24");
    EXPECT_EQ(to_text(earliest_day(When::on(date("2020-01-01")), kInBoth)), "2020-01-01");
    EXPECT_EQ(to_text(latest_day(when, {})), "2026-11-25");
}

TEST(Dates, MonthsAreClampedToTheMonthsEnd) {
    EXPECT_EQ(to_text(months_after(date("2025-05-31"), 18)), "2026-11-30");
    EXPECT_EQ(to_text(months_after(date("2025-05-31"), 19)), "2026-12-31");
    EXPECT_EQ(to_text(months_after(date("2025-11-30"), 3)), "2026-02-28");
    EXPECT_EQ(to_text(months_after(date("2023-11-30"), 3)), "2024-02-29");
}

TEST(Dates, DaysCrossMonthsAndYears) {
    EXPECT_EQ(to_text(days_after(date("2026-12-31"), 1)), "2027-01-01");
    EXPECT_EQ(to_text(days_after(date("2026-03-01"), -1)), "2026-02-28");
}

}  // namespace
}  // namespace bellwether::compliance::policy
