#include "campaigns/form/values.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace bellwether::campaigns::form {
namespace {

TEST(Values, WritesTheShortestDecimalWithoutExponent) {
    EXPECT_EQ(number_text(12.5), "12.5");
    EXPECT_EQ(number_text(7), "7");
    EXPECT_EQ(number_text(-0.0), "0");
    EXPECT_EQ(number_text(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(number_text(1e23), "100000000000000000000000");
    EXPECT_EQ(number_text(1e-7), "0.0000001");
    EXPECT_EQ(number_text(-1234567.25), "-1234567.25");
    EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "NaN");
    EXPECT_EQ(number_text(-std::numeric_limits<double>::infinity()), "-Infinity");
}

TEST(Values, ReadsPlainNumbersAndDates) {
    EXPECT_EQ(text_number(" 12.50 "), 12.5);
    EXPECT_EQ(text_number("-.5"), -0.5);
    EXPECT_EQ(text_number("007"), 7);
    EXPECT_EQ(text_number("1970-01-11"), 10);
    EXPECT_EQ(text_number("1970-01-11T12:00:00+02:00"), 10.5);
    for (const char* text :
         {"", "1e3", "0x10", "+5", "5.", ".", "-", "1,5", "12 3", "2023-02-29"}) {
        EXPECT_TRUE(std::isnan(text_number(text))) << text;
    }
    EXPECT_TRUE(std::isinf(text_number(std::string(400, '9'))));
}

TEST(Values, TurnsIntoBooleansByTheRules) {
    EXPECT_TRUE(to_boolean(std::string{"false"}));  // the stored text, not the truth
    EXPECT_FALSE(to_boolean(std::string{}));
    EXPECT_FALSE(to_boolean(std::numeric_limits<double>::quiet_NaN()));
    EXPECT_TRUE(to_boolean(-0.5));
    EXPECT_FALSE(to_boolean(-0.0));
}

TEST(Values, RoundsHalvesUpInDecimal) {
    EXPECT_EQ(round_half_up(-2.5, 0), -2);
    EXPECT_EQ(round_half_up(2.5, 0), 3);
    EXPECT_EQ(round_half_up(1.005, 2), 1.01);
    EXPECT_EQ(round_half_up(80.25, 1), 80.3);
    EXPECT_EQ(round_half_up(-2.51, 0), -3);
    EXPECT_EQ(round_half_up(9.99, 1), 10);
    EXPECT_EQ(round_half_up(0.6, 0), 1);
    EXPECT_EQ(round_half_up(0.4, 0), 0);
    EXPECT_EQ(round_half_up(1250, -2), 1300);
    EXPECT_EQ(round_half_up(40, -2), 0);
    EXPECT_EQ(round_half_up(60, -2), 100);
}

TEST(Values, MakesTypedDecimalsCanonical) {
    EXPECT_EQ(canonical_decimal("12.50"), "12.5");
    EXPECT_EQ(canonical_decimal("007"), "7");
    EXPECT_EQ(canonical_decimal("0.0"), "0");
    EXPECT_EQ(canonical_decimal("-0"), "0");
    EXPECT_EQ(canonical_decimal("-0.50"), "-0.5");
    EXPECT_EQ(canonical_decimal("5."), "5");
}

TEST(Values, TakesTextApartByCodePoints) {
    const std::string text = "aй€😀";
    EXPECT_EQ(code_points(text).size(), 4U);
    EXPECT_EQ(utf8_of(code_points(text)), text);
    EXPECT_EQ(utf8_of(code_points("a\xFF"
                                  "b")),
              "a\uFFFD"
              "b");
}

}  // namespace
}  // namespace bellwether::campaigns::form
