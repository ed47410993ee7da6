#include <gtest/gtest.h>

#include "tests/dialer/store/test_store.h"

namespace bellwether::store::test {
namespace {

// Numbers from published ranges: North America 555-01xx (ATIS-0300115), United Kingdom drama
// numbers (Ofcom), Germany 030 23125 (Bundesnetzagentur, Mitteilung 148/2021), Australia 5550
// (ACMA), France 01 99 00 (ARCEP).
struct Spelling {
    const char* name;
    const char* text;
    const char* region;
    const char* e164;  ///< null: refused
};
void PrintTo(const Spelling& row, std::ostream* out) { *out << row.name; }

class NumberRulesTable : public testing::TestWithParam<Spelling> {};

TEST_P(NumberRulesTable, Normalises) {
    const auto number = number_rules().normalise(GetParam().text, GetParam().region);
    if (GetParam().e164 == nullptr) {
        EXPECT_FALSE(number.has_value());
    } else {
        ASSERT_TRUE(number.has_value()) << number.error().detail;
        EXPECT_EQ(number->e164(), GetParam().e164);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Spellings, NumberRulesTable,
    testing::Values(Spelling{"Plain", "2025550123", "US", "+12025550123"},
                    Spelling{"Brackets", "(202) 555-0123", "US", "+12025550123"},
                    Spelling{"LeadingOne", "1-202-555-0123", "US", "+12025550123"},
                    Spelling{"International", "+1 202 555 0123", "NL", "+12025550123"},
                    Spelling{"Letters", "1-800-FLOWERS", "US", "+18003569377"},
                    Spelling{"BritishDrama", "020 7946 0958", "GB", "+442079460958"},
                    Spelling{"BritishFromAbroad", "+44 (0)20 7946 0958", "US", "+442079460958"},
                    Spelling{"GermanDrama", "030 23125 000", "DE", "+493023125000"},
                    Spelling{"AustralianDrama", "(02) 5550 1234", "AU", "+61255501234"},
                    Spelling{"IddPrefix", "011 44 20 7946 0958", "US", "+442079460958"},
                    Spelling{"PlainNeedsARegion", "2025550123", "", nullptr},
                    Spelling{"NoSuchAreaCode", "+1 999 555 0123", "US", nullptr},
                    Spelling{"ExchangeBeginsWithOne", "202 155 0123", "US", nullptr},
                    Spelling{"TooShort", "555 0123", "US", nullptr},
                    Spelling{"TooLong", "+1 202 555 0123 456", "US", nullptr},
                    Spelling{"Extension", "+1 202 555 0123 ext. 7", "US", nullptr},
                    Spelling{"Empty", "", "US", nullptr}, Spelling{"Word", "none", "US", nullptr},
                    Spelling{"NoSuchCountry", "+999 12345678", "US", nullptr}),
    [](const auto& row) { return row.param.name; });

TEST(NumberRules, NeverRepeatsTheNumberInItsRefusal) {
    for (const char* text : {"+19995550123", "5550123", "+12025550123456", "x2025550123y9"}) {
        const auto number = number_rules().normalise(text, "US");
        ASSERT_FALSE(number.has_value());
        EXPECT_EQ(number.error().detail.find("555"), std::string::npos);
    }
}

TEST(NumberRules, KnowsTheRegions) {
    EXPECT_TRUE(LibPhoneNumberRules::knows_region("NL"));
    EXPECT_FALSE(LibPhoneNumberRules::knows_region("us"));
    EXPECT_FALSE(LibPhoneNumberRules::knows_region("XX"));
}

}  // namespace
}  // namespace bellwether::store::test
