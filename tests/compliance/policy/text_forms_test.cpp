#include "compliance/policy/text_forms.h"

#include <gtest/gtest.h>

namespace bellwether::compliance::policy {
namespace {

using namespace std::chrono_literals;

TEST(TextForms, ReadDatesThatExist) {
    EXPECT_EQ(parse_date("2024-02-29"), Date{2024y / std::chrono::February / 29});
    for (const char* wrong : {"2026-02-29", "2026-13-01", "2026-1-01", "26-01-01", "2026-01-01 ",
                              "2026-01-01T00:00:00Z", "", "1899-12-31"}) {
        EXPECT_FALSE(parse_date(wrong)) << wrong;
    }
}

TEST(TextForms, ReadInstantsWithTheirOffset) {
    // 1,795,438,800 s: date -u -d 2026-11-23T13:00:00Z +%s
    EXPECT_EQ(parse_instant("2026-11-23T13:00:00Z"), UtcTime{1795438800s});
    EXPECT_EQ(parse_instant("2026-11-23T14:00:00+01:00"), UtcTime{1795438800s});
    EXPECT_EQ(parse_instant("2026-11-23T08:00:00-05:00"), UtcTime{1795438800s});
    EXPECT_EQ(parse_instant("2026-11-23T13:00:00.25Z"), UtcTime{1795438800250ms});
    for (const char* wrong :
         {"2026-11-23T13:00:00", "2026-11-23 13:00:00Z", "2026-11-23T24:00:00Z",
          "2026-11-23T13:00:00.Z", "2026-11-23T13:00:00.1234Z", "2026-11-23T13:00:00+0100"}) {
        EXPECT_FALSE(parse_instant(wrong)) << wrong;
    }
}

TEST(TextForms, WriteInstantsWithZ) {
    EXPECT_EQ(to_text(UtcTime{1795438800s}), "2026-11-23T13:00:00Z");
    EXPECT_EQ(to_text(UtcTime{1795438800007ms}), "2026-11-23T13:00:00.007Z");
    EXPECT_EQ(to_text(UtcTime{-1ms}), "1969-12-31T23:59:59.999Z");
}

TEST(TextForms, ADateOrAnInstantIsAWhen) {
    EXPECT_EQ(to_text(*parse_when("2026-11-23")), "2026-11-23");
    EXPECT_EQ(to_text(*parse_when("2026-11-23T13:00:00Z")), "2026-11-23T13:00:00Z");
    EXPECT_FALSE(parse_when("tomorrow"));
}

TEST(TextForms, HoursOfOneDayAreListed) {
    std::vector<HoursWindow> weekly;
    EXPECT_TRUE(add_hours(weekly, 0, "09:00-12:00,13:30-24:00"));
    EXPECT_TRUE(add_hours(weekly, 1, "09:00-12:00"));
    EXPECT_EQ(hours_text(weekly, 0), "09:00-12:00,13:30-24:00");
    EXPECT_EQ(hours_text(weekly, 1), "09:00-12:00");
    EXPECT_EQ(hours_text(weekly, 6), "");
    EXPECT_EQ(weekly.size(), 2U) << "days of equal hours are one window";
}

TEST(TextForms, HoursThatCannotBeAreRefused) {
    for (const char* wrong : {"", "9:00-21:00", "21:00-09:00", "09:00-09:00", "09:00-24:01",
                              "09:00-12:00,11:00-13:00", "09:00-12:00,", "09:00"}) {
        std::vector<HoursWindow> weekly;
        EXPECT_FALSE(add_hours(weekly, 0, wrong)) << wrong;
    }
}

TEST(TextForms, DaysHaveThreeLetters) {
    EXPECT_EQ(parse_weekday("sun"), 6U);
    EXPECT_EQ(weekday_name(0), "mon");
    EXPECT_FALSE(parse_weekday("Mon"));
}

}  // namespace
}  // namespace bellwether::compliance::policy
