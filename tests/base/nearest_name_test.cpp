#include "base/nearest_name.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace bellwether {
namespace {

constexpr std::array<std::string_view, 4> kNames{"phone", "first_name", "last_name", "language"};

TEST(NearestName, FindsASlipOfEachKind) {
    EXPECT_EQ(nearest_name("phne", kNames), "phone");             // one letter lost
    EXPECT_EQ(nearest_name("phonne", kNames), "phone");           // one too many
    EXPECT_EQ(nearest_name("phome", kNames), "phone");            // one wrong
    EXPECT_EQ(nearest_name("phnoe", kNames), "phone");            // two swapped
    EXPECT_EQ(nearest_name("fisrt_nmae", kNames), "first_name");  // two pairs swapped
}

TEST(NearestName, IgnoresCase) { EXPECT_EQ(nearest_name("PHONE", kNames), "phone"); }

TEST(NearestName, DoesNotGuessWildly) {
    EXPECT_FALSE(nearest_name("city", kNames).has_value());
    EXPECT_FALSE(nearest_name("ph", kNames).has_value());
    EXPECT_FALSE(nearest_name("", kNames).has_value());
    EXPECT_FALSE(nearest_name("phone", {}).has_value());
    EXPECT_FALSE(nearest_name(std::string(1'000, 'p'), kNames).has_value());
}

TEST(NearestName, TakesTheFirstAmongEquals) {
    constexpr std::array<std::string_view, 2> kTwins{"abcx", "abcy"};
    EXPECT_EQ(nearest_name("abcz", kTwins), "abcx");
}

}  // namespace
}  // namespace bellwether
