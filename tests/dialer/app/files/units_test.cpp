#include "dialer/app/files/units.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bellwether::app {
namespace {

using namespace std::chrono_literals;

TEST(Units, ReadDurationsAsPeopleWriteThem) {
    EXPECT_EQ(parse_duration("20s"), 20s);
    EXPECT_EQ(parse_duration("500ms"), 500ms);
    EXPECT_EQ(parse_duration("1.5h"), 90min);
    EXPECT_EQ(parse_duration("30 m"), 30min);
    EXPECT_EQ(parse_duration("2d"), 48h);
    EXPECT_EQ(parse_duration("0s"), 0s);
}

TEST(Units, RefuseWhatIsNoDuration) {
    for (const char* text :
         {"", "s", "20", "-5s", "20x", "1e3s", "0.0001s", "nan s", "20000d", "inf"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

RC_GTEST_PROP(Units, WhatIsWrittenIsReadBack, ()) {
    const auto ms = *rc::gen::inRange<std::int64_t>(0, std::int64_t{10'000} * 86'400'000);
    const std::chrono::milliseconds duration{ms};
    RC_ASSERT(parse_duration(format_duration(duration)).value() == duration);
}

TEST(Units, ReadShares) {
    EXPECT_DOUBLE_EQ(parse_percent("3%")->value(), 0.03);
    EXPECT_DOUBLE_EQ(parse_percent("0.5 %")->value(), 0.005);
    EXPECT_DOUBLE_EQ(parse_percent("100%")->value(), 1.0);
    for (const char* text : {"3", "101%", "-1%", "%", "3 percent"})
        EXPECT_FALSE(parse_percent(text)) << text;
    EXPECT_EQ(format_percent(Probability{0.03}), "3%");
}

TEST(Units, ReadTimesOfDay) {
    EXPECT_EQ(parse_time_of_day("09:05"), 545min);
    EXPECT_EQ(parse_time_of_day("24:00"), 1440min);
    for (const char* text : {"9:05", "24:01", "12:60", "noon", "12.30", ""}) {
        EXPECT_FALSE(parse_time_of_day(text)) << text;
    }
}

}  // namespace
}  // namespace bellwether::app
