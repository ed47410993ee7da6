#include "compliance/destination.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bellwether::compliance {
namespace {

using Prefixes = std::vector<std::string>;

PhoneNumber number(const char* text) { return PhoneNumber::parse(text).value(); }

TEST(Destination, IsDeniedByDefault) { EXPECT_FALSE(allowed(Prefixes{}, number("+12025550123"))); }

TEST(Destination, IsAllowedByAPrefixOnly) {
    const Prefixes prefixes{"+1202555", "+3120"};
    EXPECT_TRUE(allowed(prefixes, number("+12025550123")));
    EXPECT_TRUE(allowed(prefixes, number("+31201234567")));
    EXPECT_FALSE(allowed(prefixes, number("+12035550123")));
    EXPECT_FALSE(allowed(prefixes, number("+3112")));
    EXPECT_FALSE(allowed(prefixes, number("+8812025550123")));  // a prefix, not a part
}

TEST(Destination, NumberShorterThanThePrefixIsDenied) {
    EXPECT_FALSE(allowed(Prefixes{"+12025550"}, number("+1202555")));
}

TEST(Destination, NamesTheLongestPrefix) {
    const Prefixes prefixes{"+1", "+1202555", "+1202"};
    EXPECT_EQ(allowing_prefix(prefixes, number("+12025550123")), "+1202555");
    EXPECT_EQ(allowing_prefix(prefixes, number("+12035550123")), "+1");
}

TEST(Destination, EmptyAndBareEntriesAllowNothing) {
    EXPECT_FALSE(allowed(Prefixes{"", "+"}, number("+12025550123")));
}

TEST(Prefixes, OfPlusAndDigitsAreFine) {
    EXPECT_TRUE(check_prefixes(Prefixes{"+1", "+1202555", "+123456789012345"}).has_value());
    EXPECT_TRUE(check_prefixes(Prefixes{}).has_value());
}

TEST(Prefixes, ThatAreWrongAreNamedByTheirPlace) {
    const auto detail = [](const Prefixes& prefixes) {
        return check_prefixes(prefixes).error().detail;
    };
    EXPECT_EQ(detail({"1202"}), "destination prefix 1 lacks a leading +");
    EXPECT_EQ(detail({"+1", "+"}), "destination prefix 2 needs 1 to 15 digits after the +");
    EXPECT_EQ(detail({"+1234567890123456"}),
              "destination prefix 1 needs 1 to 15 digits after the +");
    EXPECT_EQ(detail({"+1 202"}), "destination prefix 1 has a character that is not a digit");
    EXPECT_EQ(detail({"+0"}), "destination prefix 1 begins with 0, and no country code does");
    EXPECT_EQ(detail({"+1", "+31", "+1"}), "destination prefix 3 is listed twice");
}

}  // namespace
}  // namespace bellwether::compliance
