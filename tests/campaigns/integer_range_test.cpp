#include "campaigns/integer_range.h"

#include <gtest/gtest.h>

#include <string>

namespace bellwether::campaigns {
namespace {

void expect_range(const char* text, std::int64_t min, std::int64_t max) {
    const auto range = parse_integer_range(text);
    ASSERT_TRUE(range.has_value()) << text;
    EXPECT_EQ(range->min, min) << text;
    EXPECT_EQ(range->max, max) << text;
}

TEST(IntegerRange, ReadsBothSidesInEitherOrder) {
    expect_range(". >= 18 and . <= 99", 18, 99);
    expect_range(". <= 99 and . >= 18", 18, 99);
    expect_range(".>=0 and .<=10", 0, 10);
    expect_range("  . >= 7   and  . <= 7 ", 7, 7);
    expect_range(". <= 999999999999999", 0, 999'999'999'999'999);
}

TEST(IntegerRange, ASideThatIsMissingKeepsItsDefault) {
    expect_range(". >= 18", 18, 999'999);
    expect_range(". <= 10", 0, 10);
}

TEST(IntegerRange, RefusesEverythingElse) {
    for (const char* text :
         {"", "18", ". > 18", ". >= 18 or . <= 99", ". >= 18 and", ". >= 18 . <= 99", ". >= ${age}",
          ". >= 1.5", ". >= 18 and . <= 99 and . >= 20", "regex(., '1')", ". >= 18 and . >= 20",
          ". >= 1000000000000000", ". >= ", ">= 18"}) {
        EXPECT_FALSE(parse_integer_range(text).has_value()) << text;
    }
}

TEST(IntegerRange, SaysWhatIsWrong) {
    const auto detail = [](const char* text) { return parse_integer_range(text).error().detail; };
    EXPECT_EQ(detail(". >= -1"), "a keypad cannot type numbers below 0");
    EXPECT_EQ(detail(". >= 9 and . <= 5"), "no number is at least 9 and at most 5");
    EXPECT_EQ(detail(". >= 1000000"), "no number is at least 1000000 and at most 999999");
    EXPECT_EQ(detail(". >= 1 and . >= 2"), "one side is given twice");
}

}  // namespace
}  // namespace bellwether::campaigns
