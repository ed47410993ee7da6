#include "dialer/app/files/moment.h"

#include <gtest/gtest.h>

#include "dialer/app/files/json_text.h"
#include "dialer/app/policy/zones.h"

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;
using compliance::ZoneOffsets;

UtcTime utc(int year, unsigned month, unsigned day, std::chrono::milliseconds of_day) {
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                           std::chrono::day{day}};
    return std::chrono::sys_days{date} + of_day;
}

ZoneOffsets new_york(UtcTime near) {
    auto zone = zone_offsets("America/New_York", near);
    EXPECT_TRUE(zone);
    return *std::move(zone);
}

/// What the text means at a Monday noon in New York (17:00 UTC, 5 hours behind).
std::string meant(std::string_view text) {
    const UtcTime now = utc(2026, 3, 2, 17h);
    const auto moment = parse_moment(text, new_york(now), now);
    return moment ? iso_time(*moment) : moment.error().detail;
}

TEST(Moment, IsTheLatestSuchTimeThatHasBeen) {
    EXPECT_EQ(meant("11:59"), "2026-03-02T16:59:00.000+00:00");
    EXPECT_EQ(meant("12:00"), "2026-03-02T17:00:00.000+00:00");
    EXPECT_EQ(meant("12:01"), "2026-03-01T17:01:00.000+00:00");
    EXPECT_EQ(meant("14:03:07"), "2026-03-01T19:03:07.000+00:00");
    EXPECT_EQ(meant("14:03:07.25"), "2026-03-01T19:03:07.250+00:00");
}

TEST(Moment, MayNameTheDay) {
    EXPECT_EQ(meant("2026-03-01T14:03:07"), "2026-03-01T19:03:07.000+00:00");
    EXPECT_EQ(meant("2026-03-02 11:00"), "2026-03-02T16:00:00.000+00:00");
}

TEST(Moment, OfAnEarlierDayNeedsTheZonesDataOfThatDay) {
    const UtcTime now = utc(2026, 3, 2, 17h);
    const char* text = "2025-07-01 14:03:07";
    EXPECT_EQ(about(text, now), utc(2025, 7, 1, 0h));
    const auto moment = parse_moment(text, new_york(about(text, now)), now);
    ASSERT_TRUE(moment) << moment.error().detail;
    EXPECT_EQ(*moment, utc(2025, 7, 1, 18h + 3min + 7s));  // summer time: 4 hours behind
}

TEST(Moment, WithAnOffsetNeedsNoZone) {
    const UtcTime now = utc(2026, 3, 2, 17h);
    for (const char* text : {"2025-07-01T14:03:07Z", "2025-07-01T16:03:07+02:00",
                             "2025-07-01T16:03:07+0200", "2025-07-01T09:03:07-05"}) {
        EXPECT_TRUE(has_offset(text));
        const auto moment = parse_moment(text, ZoneOffsets{}, now);
        ASSERT_TRUE(moment) << text;
        EXPECT_EQ(*moment, utc(2025, 7, 1, 14h + 3min + 7s)) << text;
    }
    EXPECT_FALSE(has_offset("14:03:07"));
    EXPECT_FALSE(has_offset("2025-07-01T14:03:07"));
}

TEST(Moment, ThatTheClocksShowedTwiceIsTheLater) {
    // 15 U.S.C. 260a: on 1 November 2026 at 2:00 the clocks went back to 1:00, at 06:00 UTC.
    const UtcTime now = utc(2026, 11, 1, 12h);
    const auto zone = new_york(now);
    EXPECT_EQ(parse_moment("01:30", zone, now), utc(2026, 11, 1, 6h + 30min));
    EXPECT_EQ(parse_moment("01:30", zone, utc(2026, 11, 1, 6h)), utc(2026, 11, 1, 5h + 30min));
}

TEST(Moment, ThatTheClocksLeftOutIsTheDayBefores) {
    // On 8 March 2026 at 2:00 they went on to 3:00, at 07:00 UTC.
    const UtcTime now = utc(2026, 3, 8, 12h);
    const auto zone = new_york(now);
    EXPECT_EQ(parse_moment("02:30", zone, now), utc(2026, 3, 7, 7h + 30min));
    EXPECT_FALSE(parse_moment("2026-03-08T02:30", zone, now));
}

TEST(Moment, RefusesWhatIsNoTimeOrHasNotBeen) {
    for (const char* text : {"", "14", "14:", "24:00", "14:60", "1:30", "14:03:61", "14:03 ",
                             "14:03+01:00", "2026-02-30T10:00", "2026-13-01T10:00", "yesterday",
                             "2026-03-02", "2026-03-02T12:00:01", "2027-01-01T00:00:00Z"}) {
        const UtcTime now = utc(2026, 3, 2, 17h);
        const auto moment = parse_moment(text, new_york(now), now);
        ASSERT_FALSE(moment) << text;
        EXPECT_EQ(moment.error().code, Errc::InvalidInput);
        EXPECT_NE(moment.error().detail.find("\"" + std::string{text} + "\""), std::string::npos);
    }
}

TEST(Moment, IsShownOnTheZonesClocks) {
    const UtcTime now = utc(2026, 3, 2, 17h);
    EXPECT_EQ(zoned_time(utc(2026, 3, 2, 17h + 250ms), new_york(now)),
              "2026-03-02T12:00:00.250-05:00");
    EXPECT_EQ(zoned_time(now, ZoneOffsets{}), "2026-03-02T17:00:00.000+00:00");
    EXPECT_EQ(zoned_time(now, zone_offsets("Asia/Kolkata", now).value()),
              "2026-03-02T22:30:00.000+05:30");
}

}  // namespace
}  // namespace bellwether::app
