#include "base/phone_number.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace bellwether {
namespace {

// Numbers reserved for fiction: 555-0100 to 555-0199 (North America), 020 7946 0xxx (United
// Kingdom, Ofcom).

TEST(PhoneNumber, ReadsE164AndWritesItAgain) {
    for (const char* text : {"+12025550123", "+442079460018", "+10", "+123456789012345"}) {
        const auto number = PhoneNumber::parse(text);
        ASSERT_TRUE(number.has_value()) << text;
        EXPECT_EQ(number->e164(), text);
    }
}

TEST(PhoneNumber, RefusesWhatIsNotE164) {
    const auto detail = [](const char* text) {
        const auto number = PhoneNumber::parse(text);
        return number ? std::string{"accepted"} : number.error().detail;
    };
    EXPECT_EQ(detail(""), "phone number lacks a leading +");
    EXPECT_EQ(detail("12025550123"), "phone number lacks a leading +");
    EXPECT_EQ(detail("+"), "phone number needs 2 to 15 digits");
    EXPECT_EQ(detail("+1"), "phone number needs 2 to 15 digits");
    EXPECT_EQ(detail("+1234567890123456"), "phone number needs 2 to 15 digits");
    EXPECT_EQ(detail("+1 2025550123"), "phone number has a character that is not a digit");
    EXPECT_EQ(detail("++12025550123"), "phone number has a character that is not a digit");
    EXPECT_EQ(detail("+02025550123"), "country code starts with 0");
}

TEST(PhoneNumber, ComesBackFromItsDigits) {
    EXPECT_EQ(PhoneNumber::from_digits(12'025'550'123).e164(), "+12025550123");
    EXPECT_EQ(PhoneNumber::parse("+442079460018")->digits(), 442'079'460'018U);
}

TEST(PhoneNumberDeath, DigitsOutOfRangeAreABug) {
    EXPECT_DEATH((void)PhoneNumber::from_digits(9), "internal check failed");
    EXPECT_DEATH((void)PhoneNumber::from_digits(1'000'000'000'000'000), "internal check failed");
}

TEST(PhoneNumber, PrintsMasked) {
    std::ostringstream out;
    out << PhoneNumber::from_digits(12'025'550'123);
    EXPECT_EQ(out.str(), "+12xxxxxxx23");
}

TEST(PhoneNumber, ComparesByItsDigits) {
    EXPECT_LT(PhoneNumber::from_digits(12'025'550'123), PhoneNumber::from_digits(12'025'550'124));
    EXPECT_EQ(PhoneNumber::from_digits(12'025'550'123), *PhoneNumber::parse("+12025550123"));
}

}  // namespace
}  // namespace bellwether
