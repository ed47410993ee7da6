#include "compliance/places/number_place.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "tests/compliance/places/places_reference.h"

namespace bellwether::compliance::places {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;

PhoneNumber number(std::string_view text) { return PhoneNumber::parse(text).value(); }

std::vector<std::string> words(std::string_view text) {
    std::istringstream stream{std::string{text}};
    return {std::istream_iterator<std::string>{stream}, {}};
}

std::vector<std::string> texts(std::span<const std::string_view> views) {
    return {views.begin(), views.end()};
}

class NumberPlaces : public testing::TestWithParam<ReferenceRow> {};

TEST_P(NumberPlaces, AgreeWithThePackagesOwnAnswers) {
    const ReferenceRow& row = GetParam();
    const NumberPlace place =
        row.zones_are == Zones::ByArea ? area_of(number(row.number)) : place_of(number(row.number));
    EXPECT_EQ(place.country, row.country);
    const auto expected = words(row.zones);
    if (row.zones_are == Zones::Among) {
        EXPECT_THAT(texts(place.zones), IsSupersetOf(expected));
    } else {
        EXPECT_EQ(texts(place.zones), expected);
    }
    EXPECT_TRUE(std::ranges::is_sorted(place.zones));
}

std::string row_name(const testing::TestParamInfo<ReferenceRow>& row) {
    return std::string{row.param.number.substr(1)} + std::string{name_of(row.param.zones_are)};
}

INSTANTIATE_TEST_SUITE_P(Reference, NumberPlaces, testing::ValuesIn(kReference), row_name);

// research/compliance.md §6.3, cases 04 and 05.
TEST(NumberPlace, TellsAnExchangeFromItsAreaCode) {
    const auto pensacola = number("+18502345678");
    EXPECT_THAT(place_of(pensacola).zones, ElementsAre("America/Chicago"));
    EXPECT_TRUE(place_of(pensacola).is_exact);
    EXPECT_THAT(area_of(pensacola).zones, ElementsAre("America/Chicago", "America/New_York"));
    EXPECT_FALSE(area_of(pensacola).is_exact);
    EXPECT_THAT(place_of(pensacola).regions, ElementsAre("US-FL"));
    EXPECT_TRUE(place_of(pensacola).may_be_mobile);
}

// Where the area code has two zones, and the table names no such exchange.
TEST(NumberPlace, PresumesNothingOfAnExchangeThatIsNotNamed) {
    for (const auto* text : {"+14235550123", "+12705550123"}) {
        const NumberPlace place = place_of(number(text));
        EXPECT_THAT(place.zones, ElementsAre("America/Chicago", "America/New_York")) << text;
        EXPECT_FALSE(place.is_exact);
    }
}

// research/compliance.md §3.1: the trap.
TEST(NumberPlace, GivesMobilesEveryZoneOfTheCountry) {
    const NumberPlace russian = place_of(number("+79161234567"));
    EXPECT_THAT(texts(russian.zones), IsSupersetOf({"Europe/Kaliningrad", "Asia/Kamchatka"}));
    EXPECT_TRUE(russian.may_be_mobile);
    EXPECT_FALSE(russian.is_exact);

    const NumberPlace australian = place_of(number("+61412345678"));
    EXPECT_THAT(texts(australian.zones),
                IsSupersetOf({"Australia/Perth", "Australia/Sydney", "Australia/Adelaide"}));

    const NumberPlace moscow = place_of(number("+74951234567"));
    EXPECT_THAT(moscow.zones, ElementsAre("Europe/Moscow"));
    EXPECT_FALSE(moscow.may_be_mobile);
}

TEST(NumberPlace, KeepsTheStatesOfACodeThatHasTwo) {
    EXPECT_THAT(place_of(number("+19025550123")).regions, ElementsAre("CA-NS", "CA-PE"));
    EXPECT_THAT(place_of(number("+18675550123")).regions, ElementsAre("CA-NT", "CA-NU", "CA-YT"));
    EXPECT_THAT(place_of(number("+12025550123")).regions, ElementsAre("US-DC"));
    EXPECT_THAT(place_of(number("+12145550123")).regions, ElementsAre("US-TX"));
    EXPECT_THAT(place_of(number("+442079460123")).regions, IsEmpty());
}

TEST(NumberPlace, GivesAnUnknownAreaCodeAndAFreephoneNumberEveryZone) {
    for (const auto* text : {"+19995550123", "+18005550123", "+15555550123"}) {
        const NumberPlace place = place_of(number(text));
        EXPECT_EQ(place.country, "US");
        EXPECT_THAT(place.regions, IsEmpty());
        EXPECT_THAT(texts(place.zones),
                    IsSupersetOf({"America/New_York", "Pacific/Honolulu", "America/St_Johns"}));
        EXPECT_FALSE(place.is_exact);
    }
}

TEST(NumberPlace, SaysNothingOfWhatHasNoCountry) {
    const NumberPlace satellite = place_of(number("+881612345678"));
    EXPECT_EQ(satellite.country, "");
    EXPECT_THAT(satellite.zones, IsEmpty());
    EXPECT_THAT(place_of(number("+999123456")).zones, IsEmpty());
}

TEST(NumberPlace, AnswersANumberTooShortForItsPrefix) {
    EXPECT_EQ(place_of(number("+12")).country, "US");
    EXPECT_EQ(place_of(number("+44")).country, "GB");
}

// 49 CFR part 71: which states are divided.
TEST(NumberPlace, KnowsTheZonesOfStates) {
    EXPECT_THAT(zones_of_region("US-FL"), ElementsAre("America/Chicago", "America/New_York"));
    EXPECT_THAT(zones_of_region("US-TN"), ElementsAre("America/Chicago", "America/New_York"));
    EXPECT_THAT(zones_of_region("US-TX"), ElementsAre("America/Chicago", "America/Denver"));
    EXPECT_THAT(zones_of_region("US-NY"), ElementsAre("America/New_York"));
    EXPECT_THAT(zones_of_region("US-CA"), ElementsAre("America/Los_Angeles"));
    EXPECT_THAT(zones_of_region("GB"), ElementsAre("Europe/London"));
    EXPECT_THAT(zones_of_region("US-ZZ"), IsEmpty());
    EXPECT_THAT(zones_of_region(""), IsEmpty());
}

TEST(NumberPlace, ListsEveryZoneItMayAnswer) {
    EXPECT_THAT(all_zones(), Contains("America/New_York"));
    EXPECT_TRUE(std::ranges::is_sorted(all_zones()));
    for (const ReferenceRow& row : kReference) {
        for (const auto zone : place_of(number(row.number)).zones) {
            EXPECT_TRUE(std::ranges::binary_search(all_zones(), zone)) << zone;
        }
    }
    EXPECT_TRUE(table_version().starts_with("phonenumbers 8."));
}

// research/compliance.md §3.1.
TEST(NumberPlace, FindsTheAreaCodesOfSeveralZones) {
    for (const int area : {208, 219, 250, 270, 308, 418, 423, 480, 520, 541, 574, 602, 605, 606,
                           620, 701, 709, 775, 785, 807, 812, 850, 867, 906, 907, 928, 986}) {
        const auto place = area_of(number("+1" + std::to_string(area) + "5550123"));
        EXPECT_GT(place.zones.size(), 1U) << area;
        EXPECT_FALSE(place.is_exact);
    }
}

}  // namespace
}  // namespace bellwether::compliance::places
