// No instant outside any zone's hours is ever allowed, and none inside all of them is refused: a
// year of the area codes that lie in several time zones, against Python's clocks
// (scripts/reference/policy_sweep.py). By the quarter of an hour, where all edges fall; with
// BELLWETHER_SWEEP=minutes in the environment by the minute (14 million decisions).

#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

#include "compliance/evidence/hash.h"
#include "compliance/places/number_place.h"
#include "compliance/policy/text_forms.h"
#include "dialer/app/policy/policy_case.h"

namespace bellwether::app {
namespace {

using namespace compliance::policy;
using compliance::Verdict;

struct SweptArea {
    int area_code;
    std::vector<std::string_view> zones;
    int open_minutes;
    std::string_view by_minute;   // SHA-256 of one bit a minute
    std::string_view by_quarter;  // of every fifteenth
};

#include "tests/dialer/app/policy/policy_sweep.inc"

constexpr int kMinutesOfYear = 365 * 24 * 60;
constexpr int kQuarter = 15;

class Sweep : public ::testing::TestWithParam<SweptArea> {};

std::string named(const SweptArea& area) { return "Area" + std::to_string(area.area_code); }
void PrintTo(const SweptArea& area, std::ostream* out) { *out << named(area); }

TEST_P(Sweep, AllowsWhatEveryZonesClockAllows) {
    const auto shelf = PackShelf::open({});
    ASSERT_TRUE(shelf);
    const auto* federal = find_pack(shelf->packs(), "us-federal");
    const PolicySet policy = PolicySet::of({&federal, 1});
    const UtcTime start = *parse_instant("2027-01-01T00:00:00Z");
    ZoneShelf zones;
    std::vector<Zone> in_area;
    for (const std::string_view name : GetParam().zones) in_area.push_back(zones.find(name, start));

    DialCase given;
    given.campaign.has_safe_harbour_message = true;
    given.campaign.owns_caller_id = true;
    given.number = {"+10000000000", NumberKind::Ordinary, LineType::Landline, in_area};
    given.national_dnc = {.is_known = true, .was_just_asked = true};
    given.end_guard = std::chrono::seconds{0};

    const char* const asked = std::getenv("BELLWETHER_SWEEP");
    const bool is_long = asked != nullptr && std::string_view{asked} == "minutes";
    const int step = is_long ? 1 : kQuarter;
    std::string bits((static_cast<std::size_t>(kMinutesOfYear / step) + 7) / 8, '\0');
    int open = 0;
    for (int i = 0; i < kMinutesOfYear / step; ++i) {
        given.now = start + std::chrono::minutes{i * step};
        if (decide(policy, given).verdict != Verdict::Allow) continue;
        ++open;
        auto& byte = bits[static_cast<std::size_t>(i) / 8];
        byte = static_cast<char>(static_cast<unsigned char>(byte) | (0x80U >> (i % 8)));
    }
    EXPECT_EQ(open, GetParam().open_minutes / step);
    EXPECT_EQ(compliance::evidence::to_hex(compliance::evidence::sha256(bits)),
              is_long ? GetParam().by_minute : GetParam().by_quarter);
}

TEST_P(Sweep, TheTableOfPlacesKnowsTheSameZones) {
    const auto number = PhoneNumber::parse("+1" + std::to_string(GetParam().area_code) + "5550123");
    ASSERT_TRUE(number);
    const auto zones = compliance::places::area_of(*number).zones;
    EXPECT_EQ(std::vector<std::string_view>(zones.begin(), zones.end()), GetParam().zones);
}

INSTANTIATE_TEST_SUITE_P(Policy, Sweep, ::testing::ValuesIn(kSweptAreas),
                         [](const auto& area) { return named(area.param); });

}  // namespace
}  // namespace bellwether::app
