#include "answer-detect/tones/sit.h"

#include <gtest/gtest.h>

#include <ostream>

#include "tests/answer-detect/tones/listening.h"

namespace bellwether::answer_detect {
namespace {

// Frequencies and lengths of Telcordia GR-1162 and ITU-T E.180, see research: answer-detect 2.5.
struct Case {
    const char* name;
    double hz[3];
    double seconds[3];
    const char* code;
};
void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }

class SitTable : public testing::TestWithParam<Case> {
protected:
    static Sound played(double dbm0, double speed) {
        Sound sound;
        sound.silence(0.4);
        for (int i = 0; i < 3; ++i) {
            sound.tone({GetParam().hz[i] * speed}, GetParam().seconds[i], dbm0);
        }
        return sound.silence(0.5).vowel(1);
    }

    static void expect_told(const Heeded& heeded) {
        ASSERT_EQ(heeded.tones.size(), 1U);
        EXPECT_EQ(heeded.tones[0].kind, Verdict::Sit);
        EXPECT_STREQ(heeded.tones[0].code.data(), GetParam().code);
        EXPECT_LT(heeded.tone_s[0], 1.6);
    }
};

TEST_P(SitTable, IsTold) { expect_told(listen_to(played(-20, 1))); }
TEST_P(SitTable, IsToldFaintInNoise) { expect_told(listen_to(played(-35, 1).noise(-57))); }
TEST_P(SitTable, IsToldWhenPlayedTooFast) { expect_told(listen_to(played(-20, 1.008))); }

constexpr double kShort = 0.274;
constexpr double kLong = 0.380;

INSTANTIATE_TEST_SUITE_P(
    Codes, SitTable,
    testing::Values(
        Case{"Intercept", {913.8, 1370.6, 1776.7}, {kShort, kShort, kLong}, "IC"},
        Case{"Vacant", {985.2, 1370.6, 1776.7}, {kLong, kShort, kLong}, "VC"},
        Case{"Reorder", {985.2, 1370.6, 1776.7}, {kShort, kLong, kLong}, "RO"},
        Case{"ReorderOfAnotherNetwork", {913.8, 1428.5, 1776.7}, {kShort, kLong, kLong}, "RO"},
        Case{"NoCircuit", {913.8, 1370.6, 1776.7}, {kLong, kLong, kLong}, "NC"},
        Case{"NoCircuitOfAnotherNetwork", {985.2, 1428.5, 1776.7}, {kLong, kLong, kLong}, "NC"},
        Case{"International", {950, 1400, 1800}, {0.33, 0.33, 0.33}, "E180"}),
    [](const auto& row) { return row.param.name; });

TEST(SitMatcher, StaysSilentOnFallingTones) {
    EXPECT_TRUE(listen_to(Sound()
                              .silence(0.3)
                              .tone({1776.7}, 0.38)
                              .tone({1370.6}, 0.38)
                              .tone({913.8}, 0.38)
                              .silence(1))
                    .tones.empty());
}

TEST(SitMatcher, StaysSilentWhenTheTonesStandApart) {
    EXPECT_TRUE(listen_to(Sound()
                              .silence(0.3)
                              .tone({913.8}, 0.38)
                              .silence(0.4)
                              .tone({1370.6}, 0.38)
                              .silence(0.4)
                              .tone({1776.7}, 0.38)
                              .silence(1))
                    .tones.empty());
}

}  // namespace
}  // namespace bellwether::answer_detect
