#include "campaigns/form/calendar.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::form {
namespace {

// Day numbers: `date --utc --date=… +%s` divided by 86,400.
TEST(Calendar, NumbersDaysFrom1970) {
    EXPECT_EQ(day_number({1970, 1, 1}), 0);
    EXPECT_EQ(day_number({1969, 12, 31}), -1);
    EXPECT_EQ(day_number({2000, 2, 29}), 11016);
    EXPECT_EQ(day_number({2026, 11, 22}), 20779);
    EXPECT_EQ(day_number({1600, 3, 1}), -135080);
}

TEST(Calendar, GivesBackEachDay) {
    for (double day = -719528; day <= 2932896; day += 997) {
        const auto date = date_of(day);
        ASSERT_TRUE(date.has_value());
        ASSERT_TRUE(exists(*date));
        ASSERT_EQ(static_cast<double>(day_number(*date)), day);
    }
    EXPECT_FALSE(date_of(-719529));
    EXPECT_FALSE(date_of(2932897));
}

TEST(Calendar, ReadsOnlyDaysThatExist) {
    EXPECT_EQ(parse_date("2024-02-29"), (CivilDate{2024, 2, 29}));
    for (const char* text : {"2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-1-1",
                             "2024-01-01 ", "20240101", ""}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
}

TEST(Calendar, ReadsTimesAndPassesOverTheirOffset) {
    EXPECT_EQ(parse_time("07:30"), 27000);
    EXPECT_EQ(parse_time("23:59:59.500+02:00"), 86399.5);
    EXPECT_EQ(parse_time("00:00:01Z"), 1);
    for (const char* text : {"24:00", "7:30", "12:60", "12:30:61", "12:30:10.5", "noon", ""}) {
        EXPECT_FALSE(parse_time(text)) << text;
    }
}

TEST(Calendar, FormatsMomentsInTheLanguageOfTheInterview) {
    const auto moment = parse_moment("2026-11-02T09:05:07.250+01:00");
    ASSERT_TRUE(moment.has_value());
    EXPECT_EQ(format_moment(*moment, "%Y-%m-%d %y %n %e", "en", false), "2026-11-02 26 11 2");
    EXPECT_EQ(format_moment(*moment, "%a %e %b", "en", false), "Mon 2 Nov");
    EXPECT_EQ(format_moment(*moment, "%a %e %b", "nl", false), "ma 2 nov");
    EXPECT_EQ(format_moment(*moment, "%a %e %b", "hu", false), "H 2 nov");
    EXPECT_EQ(format_moment(*moment, "%a", "ru", false), "пн");
    EXPECT_EQ(format_moment(*moment, "%H:%M:%S.%3 %h", "en", true), "09:05:07.250 9");
    EXPECT_EQ(format_moment(*moment, "%H 100%", "en", false), "%H 100%");
}

}  // namespace
}  // namespace bellwether::campaigns::form
