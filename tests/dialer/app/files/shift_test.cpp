#include "dialer/app/files/shift.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

// Sunday 2026-03-29 00:00 in Amsterdam; its clocks go forward at 02:00 (zdump Europe/Amsterdam).
const UtcTime kSunday{seconds{1'774'738'800}};

TEST(Shift, EndsOnTheZonesOwnClocks) {
    const char* night = "Sun 00:00-08:00 Europe/Amsterdam";
    EXPECT_EQ(shift_end(night, kSunday + hours{1}), kSunday + hours{7});
    EXPECT_EQ(shift_end("Sat 20:00-24:00, Sun 00:00-04:00 Europe/Amsterdam", kSunday - hours{1}),
              kSunday + hours{3});
}

TEST(Shift, OutsideItNobodySignsIn) {
    const auto end = shift_end("Mon-Fri 09:00-17:00 Europe/Amsterdam", kSunday);
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error().code, Errc::Refused);
    EXPECT_NE(end.error().detail.find("--overtime"), std::string::npos);
}

TEST(Shift, WhatIsNoneIsToldWithTheMend) {
    for (const char* shift :
         {"", "always", "Mon-Fri Europe/Amsterdam", "Mon-Fri 09:00 UTC", "Mon-Fri 17:00-09:00 UTC",
          "Mon-Fri 09:00-17:00 Europe/Nowhere", "Foo 09:00-17:00 UTC", "Mon 09:00-17:00, UTC"}) {
        const auto end = check_shift(shift, kSunday);
        ASSERT_FALSE(end) << shift;
        EXPECT_EQ(end.error().code, Errc::InvalidInput) << shift;
        EXPECT_NE(end.error().detail.find("Mon-Fri 09:00-17:00"), std::string::npos) << shift;
    }
}

TEST(Skills, HaveLevels) {
    const auto skills = parse_skills(" es:7 , nl");
    ASSERT_TRUE(skills);
    ASSERT_EQ(skills->size(), 2U);
    EXPECT_EQ((*skills)[0].name, "es");
    EXPECT_EQ((*skills)[0].level, 7);
    EXPECT_EQ((*skills)[1].level, 5);
    EXPECT_TRUE(parse_skills("")->empty());
    for (const char* text : {"es:0", "es:10", "es:", ":3", "es:x", "es,,nl"})
        EXPECT_FALSE(parse_skills(text)) << text;
}

}  // namespace
}  // namespace bellwether::app
