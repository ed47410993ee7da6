#include "compliance/abandonment_account.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/compliance/reference.h"

namespace bellwether::compliance {
namespace {

using namespace std::chrono_literals;

constexpr AccountWindow kDay{WindowKind::Day, 0};
constexpr AccountWindow kThirtyDays{WindowKind::ThirtyDays, 0};
constexpr AccountWindow kMonth{WindowKind::Month, 0};
constexpr Probability kThreePercent{0.03};
constexpr Probability kFivePercent{0.05};

AbandonmentAccount account(std::int64_t live_answers, std::int64_t abandoned) {
    return {.window_start = {}, .live_answers = live_answers, .abandoned = abandoned};
}

// Expected values: scripts/reference/calling_hours.py.
TEST(AccountWindow, BeginsWhereTheReferenceSays) {
    ASSERT_GT(kReferenceWindows.size(), 180U);
    for (const ReferenceWindow& row : kReferenceWindows) {
        const ZoneOffsets zone = zone_named(row.zone);
        const UtcTime at = utc_seconds(row.at);
        const std::string name = std::string{row.zone} + " @" + std::to_string(row.at);
        EXPECT_EQ(window_start_of(kDay, zone, at), utc_seconds(row.day)) << name;
        const UtcTime noon_of_1970 = UtcTime{12h} - zone.offsets.front().offset;
        EXPECT_EQ(window_start_of(kThirtyDays, zone, at, noon_of_1970),
                  utc_seconds(row.thirty_days))
            << name;
    }
}

// The rule's periods: 30 days from the campaign's first day, whatever the hour it began.
TEST(AccountWindow, ThirtyDaysCountFromTheCampaignsFirstDay) {
    const UtcTime began = utc_seconds(1'767'965'400);  // 2026-01-09 13:30
    const auto start = [&](std::int64_t at) {
        return window_start_of(kThirtyDays, ZoneOffsets{}, utc_seconds(at), began);
    };
    EXPECT_EQ(start(1'767'965'400), utc_seconds(1'767'916'800));  // 2026-01-09
    EXPECT_EQ(start(1'770'508'799), utc_seconds(1'767'916'800));  // 2026-02-07 23:59:59
    EXPECT_EQ(start(1'770'508'800), utc_seconds(1'770'508'800));  // 2026-02-08
    EXPECT_EQ(window_end_of(kThirtyDays, ZoneOffsets{}, began, began), utc_seconds(1'770'508'800));
}

TEST(AccountWindow, WithoutZoneDataCountsInUtc) {
    EXPECT_EQ(window_start_of(kDay, ZoneOffsets{}, utc_seconds(1'767'600'000)),
              utc_seconds(1'767'571'200));
}

TEST(AccountWindow, BeforeTheEpochCountsDown) {
    EXPECT_EQ(window_start_of(kThirtyDays, ZoneOffsets{}, utc_seconds(-1)),
              utc_seconds(-2'592'000));
}

// Expected values: `date -u`, 2026-02-10 12:34:56 is 1770726896, and the firsts of the months
// around it.
TEST(AccountWindow, AMonthIsACalendarMonth) {
    const UtcTime at = utc_seconds(1'770'726'896);
    EXPECT_EQ(window_start_of(kMonth, ZoneOffsets{}, at), utc_seconds(1'769'904'000));
    EXPECT_EQ(window_end_of(kMonth, ZoneOffsets{}, at), utc_seconds(1'772'323'200));
}

// 1770726896 is 12:34:56: in the eighth of a day from 12:00 to 15:00.
TEST(AccountWindow, HoursAreCountedInWholePeriods) {
    const AccountWindow three_hours{WindowKind::Hours, 3};
    const UtcTime at = utc_seconds(1'770'726'896);
    EXPECT_EQ(window_start_of(three_hours, ZoneOffsets{}, at), utc_seconds(1'770'724'800));
    EXPECT_EQ(window_end_of(three_hours, ZoneOffsets{}, at), utc_seconds(1'770'735'600));
}

// Expected values: research/compliance.md §5, test vectors US-1, US-2 and CA-1.
TEST(Slack, IsTheHeadroomOfTheTestVectors) {
    EXPECT_DOUBLE_EQ(slack(account(20'000, 480), kThreePercent), 120.0);
    EXPECT_EQ(slack(account(10'000, 300), kThreePercent), 0.0);
    EXPECT_LT(slack(account(10'000, 301), kThreePercent), 0.0);
    EXPECT_GT(slack(account(12'000, 590), kFivePercent), 0.0);
    EXPECT_LT(slack(account(12'000, 601), kFivePercent), 0.0);
}

TEST(Slack, OfAnEmptyAccountIsNone) { EXPECT_EQ(slack(account(0, 0), kThreePercent), 0.0); }

TEST(Slack, OfAnAccountExactlyAtItsCapIsExactlyNone) {
    for (int percent = 1; percent <= 10; ++percent) {
        const Probability cap{percent / 100.0};
        for (std::int64_t hundreds = 1; hundreds <= 1'000; ++hundreds) {
            EXPECT_EQ(slack(account(100 * hundreds, percent * hundreds), cap), 0.0)
                << percent << " % of " << 100 * hundreds;
        }
    }
}

TEST(SlackDeath, MoreAbandonedThanAnsweredIsABug) {
    EXPECT_DEATH((void)slack(account(1, 2), kThreePercent), "internal check failed");
}

}  // namespace
}  // namespace bellwether::compliance
