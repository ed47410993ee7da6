#include "compliance/calling_hours.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/compliance/reference.h"

namespace bellwether::compliance {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kMonday =
    1767571200;  // 2026-01-05 00:00 UTC, a Monday: date -u -d @1767571200

CallingHours utc_hours(std::vector<HoursWindow> windows) {
    return {.zone = {.name = "UTC", .offsets = {{.from = utc_seconds(0), .offset = seconds{0}}}},
            .windows = std::move(windows)};
}

// Expected values: scripts/reference/calling_hours.py (Python's zone database, minute by minute).
TEST(CallingHours, MatchTheReferenceInEveryZoneAndAcrossEveryChangeOfTheClocks) {
    ASSERT_GT(kReferenceVerdicts.size(), 900U);
    for (const ReferenceVerdict& row : kReferenceVerdicts) {
        const CallingHours hours{.zone = zone_named(row.zone), .windows = windows_named(row.hours)};
        const HoursVerdict verdict = check_hours(hours, utc_seconds(row.at));
        const std::string name =
            std::string{row.zone} + " " + row.hours + " @" + std::to_string(row.at);
        EXPECT_EQ(verdict.open, row.open) << name;
        ASSERT_EQ(verdict.until.has_value(), row.until >= 0) << name;
        if (verdict.until) {
            EXPECT_EQ(*verdict.until, utc_seconds(row.until)) << name;
        }
    }
}

TEST(CallingHours, OpenAtTheFirstMillisecondAndCloseAtTheLast) {
    const CallingHours hours = utc_hours({{.days = 1, .from = minutes{540}, .to = minutes{600}}});
    const UtcTime nine = utc_seconds(kMonday + 9 * kHour);
    const UtcTime ten = utc_seconds(kMonday + 10 * kHour);
    const std::chrono::milliseconds tick{1};
    EXPECT_FALSE(check_hours(hours, nine - tick).open);
    EXPECT_EQ(check_hours(hours, nine - tick).until, nine);
    EXPECT_TRUE(check_hours(hours, nine).open);
    EXPECT_TRUE(check_hours(hours, ten - tick).open);
    EXPECT_EQ(check_hours(hours, ten - tick).until, ten);
    EXPECT_FALSE(check_hours(hours, ten).open);
    EXPECT_EQ(check_hours(hours, ten).until, nine + days{7});
}

TEST(CallingHours, WithoutWindowsNeverOpen) {
    const HoursVerdict verdict = check_hours(utc_hours({}), utc_seconds(kMonday));
    EXPECT_FALSE(verdict.open);
    EXPECT_FALSE(verdict.until.has_value());
}

TEST(CallingHours, AroundTheClockNeverClose) {
    const CallingHours hours = utc_hours({{.days = 127, .from = minutes{0}, .to = minutes{1440}}});
    const HoursVerdict verdict = check_hours(hours, utc_seconds(kMonday));
    EXPECT_TRUE(verdict.open);
    EXPECT_FALSE(verdict.until.has_value());
}

TEST(CallingHours, TwoWindowsThatTouchAreOne) {
    const CallingHours hours = utc_hours({{.days = 127, .from = minutes{480}, .to = minutes{720}},
                                          {.days = 127, .from = minutes{720}, .to = minutes{960}}});
    EXPECT_EQ(check_hours(hours, utc_seconds(kMonday + 9 * kHour)).until,
              utc_seconds(kMonday + 16 * kHour));
}

TEST(CallingHours, WithoutZoneDataClosed) {
    const CallingHours hours{.zone = {.name = "Nowhere/Nothing", .offsets = {}},
                             .windows = {{.days = 127, .from = minutes{0}, .to = minutes{1440}}}};
    const HoursVerdict verdict = check_hours(hours, utc_seconds(kMonday));
    EXPECT_FALSE(verdict.open);
    EXPECT_FALSE(verdict.until.has_value());
}

TEST(CallingHours, ClosedBeforeTheZoneDataBegins) {
    const CallingHours hours{
        .zone = {.name = "UTC", .offsets = {{.from = utc_seconds(kMonday), .offset = seconds{0}}}},
        .windows = {{.days = 127, .from = minutes{0}, .to = minutes{1440}}}};
    const HoursVerdict verdict = check_hours(hours, utc_seconds(kMonday) - days{1});
    EXPECT_FALSE(verdict.open);
    EXPECT_EQ(verdict.until, utc_seconds(kMonday));
}

}  // namespace
}  // namespace bellwether::compliance
