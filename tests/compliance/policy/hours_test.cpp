#include "compliance/policy/hours.h"

#include <gtest/gtest.h>

#include "tests/compliance/policy/policy_support.h"

namespace bellwether::compliance::policy {
namespace {

using namespace std::chrono_literals;

const std::vector<HoursWindow> kEightToNine = daily(8, 21);
const std::vector<HoursWindow> kAllDay = daily(0, 24);

std::string next(const Hours& hours, const ZoneOffsets& zone, std::string_view from,
                 std::chrono::seconds guard = 0s) {
    const UtcTime at = instant(from);
    const auto found = next_start(hours, zone, at, at + std::chrono::days{14}, guard);
    return found ? to_text(*found) : "never";
}

TEST(Hours, AreHalfOpen) {
    const Hours hours{kEightToNine, {}};
    EXPECT_FALSE(may_start(hours, kNewYork, instant("2026-11-23T12:59:59.999Z"), 0s));
    EXPECT_TRUE(may_start(hours, kNewYork, instant("2026-11-23T13:00:00Z"), 0s));
    EXPECT_TRUE(may_start(hours, kNewYork, instant("2026-11-24T01:59:59.999Z"), 0s));
    EXPECT_FALSE(may_start(hours, kNewYork, instant("2026-11-24T02:00:00Z"), 0s));
}

TEST(Hours, NoCallStartsWithinTheGuardBeforeTheirEnd) {
    const Hours hours{kEightToNine, {}};
    EXPECT_TRUE(may_start(hours, kNewYork, instant("2026-11-24T01:58:59.999Z"), 60s));
    EXPECT_FALSE(may_start(hours, kNewYork, instant("2026-11-24T01:59:00Z"), 60s));
    EXPECT_EQ(next(hours, kNewYork, "2026-11-24T01:59:00Z", 60s), "2026-11-24T13:00:00Z");
}

TEST(Hours, MidnightIsNoEndOfHoursThatGoOn) {
    EXPECT_TRUE(may_start({kAllDay, {}}, kNewYork, instant("2026-11-24T04:59:30Z"), 60s));
}

TEST(Hours, AGuardDoesNotReachAcrossAGap) {
    const std::vector<HoursWindow> gap{{127, 8h, 12h}, {127, 12h + 1min, 21h}};
    EXPECT_FALSE(may_start({gap, {}}, kNewYork, instant("2026-11-23T16:59:30Z"), 120s));
}

TEST(Hours, AGuardLongerThanTheHoursClosesThem) {
    const std::vector<HoursWindow> minute{{127, 8h, 8h + 1min}};
    EXPECT_EQ(next({minute, {}}, kNewYork, "2026-11-23T05:00:00Z", 60s), "never");
    EXPECT_EQ(next({minute, {}}, kNewYork, "2026-11-23T05:00:00Z", 59s), "2026-11-23T13:00:00Z");
}

TEST(Hours, TheNextStartIsRightAcrossAChangeOfTheClocks) {
    // Sunday 2026-03-08: 08:00 EDT is 12:00 UTC, the day before it was 13:00.
    EXPECT_EQ(next({kEightToNine, {}}, kNewYork, "2026-03-08T02:00:00Z"), "2026-03-08T12:00:00Z");
    // Hours that begin in the hour that was skipped begin behind it.
    const std::vector<HoursWindow> half_past_two{{127, 2h + 30min, 5h}};
    EXPECT_EQ(next({half_past_two, {}}, kNewYork, "2026-03-08T05:00:00Z"), "2026-03-08T07:00:00Z");
}

TEST(Hours, HolidaysAreClosedByTheZonesCalendar) {
    const std::array<Date, 1> christmas{date("2026-12-25")};
    const Hours hours{kEightToNine, christmas};
    EXPECT_TRUE(may_start(hours, kNewYork, instant("2026-12-25T01:30:00Z"), 0s));  // still the 24th
    EXPECT_EQ(next(hours, kNewYork, "2026-12-25T02:00:00Z"), "2026-12-26T13:00:00Z");
}

TEST(Hours, BindOnlyBetweenTheirDates) {
    const Hours hours{kEightToNine, {}, {date("2026-11-24"), std::nullopt}};
    EXPECT_TRUE(may_start(hours, kNewYork, instant("2026-11-24T04:30:00Z"), 0s));
    EXPECT_FALSE(may_start(hours, kNewYork, instant("2026-11-24T05:30:00Z"), 0s));
}

TEST(Hours, AZoneWithoutDataIsClosed) {
    EXPECT_EQ(next({kAllDay, {}}, kWithoutData, "2026-11-24T02:00:00Z"), "never");
    EXPECT_EQ(next({kAllDay, {}}, kNewYork, "2025-11-01T00:00:00Z"), "2025-11-02T06:00:00Z");
}

}  // namespace
}  // namespace bellwether::compliance::policy
