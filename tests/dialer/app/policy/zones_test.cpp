#include "dialer/app/policy/zones.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;

UtcTime utc(int year, unsigned month, unsigned day, int hour = 0) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    return std::chrono::sys_days{date} + std::chrono::hours{hour};
}

TEST(Zones, HoldTheChangesOfTheClock) {
    // 15 U.S.C. 260a: the second Sunday of March and the first of November, at 2 in the morning.
    const auto zone = zone_offsets("America/New_York", utc(2024, 1, 15));
    ASSERT_TRUE(zone) << zone.error().detail;
    ASSERT_GE(zone->offsets.size(), 3U);
    EXPECT_EQ(zone->offsets[0].offset, -5h);
    EXPECT_LE(zone->offsets[0].from, utc(2024, 1, 13));
    EXPECT_EQ(zone->offsets[1].from, utc(2024, 3, 10, 7));
    EXPECT_EQ(zone->offsets[1].offset, -4h);
    EXPECT_EQ(zone->offsets[2].from, utc(2024, 11, 3, 6));
    EXPECT_EQ(zone->offsets[2].offset, -5h);
}

TEST(Zones, ReachTenYearsAhead) {
    const auto zone = zone_offsets("Europe/Amsterdam", utc(2024, 1, 15));
    ASSERT_TRUE(zone);
    EXPECT_GE(zone->offsets.back().from, utc(2033, 1, 1));
    EXPECT_EQ(zone->offsets.size(), 21U);  // two changes a year, and the beginning
}

TEST(Zones, HaveOneOffsetWhereTheClockNeverChanges) {
    const auto zone = zone_offsets("Asia/Kolkata", utc(2024, 1, 15));
    ASSERT_TRUE(zone);
    ASSERT_EQ(zone->offsets.size(), 1U);
    EXPECT_EQ(zone->offsets[0].offset, 5h + 30min);
}

TEST(Zones, NameTheNearestWhenUnknown) {
    const auto zone = zone_offsets("America/New_Yrok", utc(2024, 1, 15));
    ASSERT_FALSE(zone);
    EXPECT_EQ(zone.error().code, Errc::NotFound);
    EXPECT_NE(zone.error().detail.find("America/New_York"), std::string::npos)
        << zone.error().detail;
}

TEST(Zones, AreReadAsTheHostHasThem) {
    const auto read = check_zone_database();
    EXPECT_TRUE(read) << read.error().detail;
}

}  // namespace
}  // namespace bellwether::app
