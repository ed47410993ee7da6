#include "campaigns/phone_normaliser.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace bellwether::campaigns {
namespace {

std::string plain(std::string_view text, std::string_view region = "US") {
    const auto number = normalise_plain(text, region);
    return number ? number->e164() : "none";
}

TEST(PlainNumber, IsReadHoweverItIsWritten) {
    for (const char* text :
         {"2025550123", "12025550123", "+12025550123", "(202) 555-0123", "202-555-0123",
          "202.555.0123", "1 (202) 555-0123", "+1 202 555 0123", "+1-202-555-0123", "202/555-0123",
          "  2025550123\t", "1-202-555-0123"}) {
        EXPECT_EQ(plain(text), "+12025550123") << text;
    }
}

TEST(PlainNumber, OfACountryCode1RegionNeedsNoPlus) {
    for (const char* region : {"US", "CA", "PR", "JM", "DO"}) {
        EXPECT_EQ(plain("4165550123", region), "+14165550123") << region;
    }
}

TEST(PlainNumber, ElsewhereNeedsThePlus) {
    EXPECT_EQ(plain("2025550123", "NL"), "none");
    EXPECT_EQ(plain("12025550123", "GB"), "none");
    EXPECT_EQ(plain("2025550123", ""), "none");
    EXPECT_EQ(plain("+12025550123", "NL"), "+12025550123");
    EXPECT_EQ(plain("+12025550123", ""), "+12025550123");
}

// Everything else is for the library: right or wrong, it is not plain.
TEST(PlainNumber, LeavesTheRestToTheLibrary) {
    for (const char* text : {"",
                             " ",
                             "+",
                             "-",
                             "2025550",
                             "20255501234567",
                             "+442079460018",
                             "+31201234567",
                             "202-555-0123x5",
                             "202-555-0123 ext 5",
                             "1-800-FLOWERS",
                             "2.02555E+9",
                             "=2025550123",
                             "2025550123-",
                             "++12025550123",
                             "1+2025550123",
                             "22025550123",
                             "+2025550123",
                             "2025550123;2025550124",
                             "202\xC2\xA0-5550123",
                             "0012025550123",
                             "02025550123"}) {
        EXPECT_EQ(plain(text), "none") << text;
    }
}

// ATIS-0300055 and ATIS-0300051: N from 2 to 9, no N11; area codes N9X, 37X and 96X are set aside.
TEST(PlainNumber, HasTheShapeOfThePlan) {
    for (const char* text :
         {"1025550123", "0025550123", "2021550123", "2020550123", "9115550123", "4115550123",
          "2029110123", "2024110123", "2925550123", "3705550123", "3795550123", "9605550123"}) {
        EXPECT_EQ(plain(text), "none") << text;
    }
    EXPECT_EQ(plain("3605550123"), "+13605550123");
    EXPECT_EQ(plain("9705550123"), "+19705550123");
    EXPECT_EQ(plain("2015111234"), "none");
}

}  // namespace
}  // namespace bellwether::campaigns
