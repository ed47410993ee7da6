#include "campaigns/number_reader.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace bellwether::campaigns {
namespace {

/// A numbering plan of the few spellings that a test needs: "text/region" to E.164.
class TableRules final : public NumberRules {
public:
    explicit TableRules(std::map<std::string, std::string> known) : known_{std::move(known)} {}

    Result<PhoneNumber> normalise(std::string_view text, std::string_view region) const override {
        const auto found = known_.find(std::string{text} + "/" + std::string{region});
        if (found == known_.end()) return fail(Errc::InvalidInput, "no such number");
        return *PhoneNumber::parse(found->second);
    }

private:
    std::map<std::string, std::string> known_;
};

// Numbers kept for drama: Ofcom 020 7946 0, ATIS 555-01xx; Rome's are not kept, and made up here.
const TableRules kRules{{{"+442079460958/", "+442079460958"},
                         {"2025550101/US", "+12025550101"},
                         {"+12025550101/", "+12025550101"},
                         {"0655500101/IT", "+390655500101"}}};

std::string read(NumberText number) {
    const auto read = read_number(kRules, number);
    if (!read) return read.error().detail;
    return read->number.e164() + (read->plus_added ? " with its plus" : "");
}

TEST(NumberReader, TakesWhatTheRulesTake) {
    EXPECT_EQ(read({"2025550101", "", "US"}), "+12025550101");
    EXPECT_EQ(read({" 2025550101 ", "", "US"}), "+12025550101");
    EXPECT_EQ(read({"99", "", "US"}), "no such number");
    EXPECT_NE(read({"", "", "US"}).find("there is no number"), std::string::npos);
}

TEST(NumberReader, PutsACountryCodeOfItsOwnColumnInFront) {
    EXPECT_EQ(read({"20 7946 0958", "44", "US"}), "+442079460958");
    EXPECT_EQ(read({"2025550101", "1", ""}), "+12025550101");
    EXPECT_EQ(read({"2025550101", "99", "US"}), "+12025550101") << "a wrong code is no reason";
}

TEST(NumberReader, GivesBackTheLostPlusOnlyWhereARegionIsSet) {
    EXPECT_EQ(read({"442079460958", "", "US"}), "+442079460958 with its plus");
    EXPECT_EQ(read({"442079460958", "", ""}), "no such number");
}

TEST(NumberReader, NamesALostZero) {
    const std::string reason = read({"655500101", "", "IT"});
    EXPECT_NE(reason.find("zero at its front is lost"), std::string::npos) << reason;
}

TEST(NumberReader, NamesWhatSpreadsheetsDo) {
    for (const char* text : {"2.02555E+09", "2,02555E+09", "2E9", "4.42079e+11", " 4.4E+11 "}) {
        EXPECT_NE(read({text, "", "US"}).find("scientific"), std::string::npos) << text;
    }
    EXPECT_NE(read({"2025550101.0", "", "US"}).find("decimal"), std::string::npos);
    EXPECT_NE(read({"12025550101.00", "", "US"}).find("decimal"), std::string::npos);
    for (const char* text : {"202.555.0101", "2025550101", "EIGHT", "1-800-FLOWERE", "202.5550101",
                             "202.555.0100", "", "E", "2E"}) {
        EXPECT_FALSE(spreadsheet_damage(text)) << text;
    }
}

TEST(NumberReader, UnpacksVicidialsAlternates) {
    const auto numbers = unpack_numbers("2025550101_1_home!2079460958_44_work!2025550102!_1_x");
    ASSERT_EQ(numbers.size(), 3U);
    EXPECT_EQ(numbers[0].text, "2025550101");
    EXPECT_EQ(numbers[0].phone_code, "1");
    EXPECT_EQ(numbers[0].note, "home");
    EXPECT_EQ(numbers[1].phone_code, "44");
    EXPECT_EQ(numbers[2].text, "2025550102");
    EXPECT_EQ(numbers[2].note, "");
    EXPECT_TRUE(unpack_numbers("").empty());
}

}  // namespace
}  // namespace bellwether::campaigns
