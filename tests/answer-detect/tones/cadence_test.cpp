#include "answer-detect/tones/cadence.h"

#include <gtest/gtest.h>

#include <ostream>
#include <vector>

#include "tests/answer-detect/tones/listening.h"

namespace bellwether::answer_detect {
namespace {

// Tones as ITU-T E.180 Supplement 2 lists them: the frequencies and lengths are its, not the
// code's.
struct Case {
    const char* name;
    std::vector<double> hz;
    std::vector<double> seconds;  // on, off, ...
    Verdict kind;
    const char* country;  // nullptr: several fit
    double known_by_s;
};
void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }

class CadenceTable : public testing::TestWithParam<Case> {
protected:
    static Sound played(double dbm0, double stretch) {
        Sound sound;
        sound.silence(0.3);
        while (sound.seconds() < 9) {
            bool on = true;
            for (const double length : GetParam().seconds) {
                if (on) {
                    sound.tone(GetParam().hz, length * stretch, dbm0);
                } else {
                    sound.silence(length * stretch);
                }
                on = !on;
            }
        }
        return sound;
    }

    static void expect_told(const Heeded& heeded) {
        ASSERT_FALSE(heeded.tones.empty());
        for (const Tone& tone : heeded.tones)
            EXPECT_EQ(name_of(tone.kind), name_of(GetParam().kind));
        EXPECT_LT(heeded.tone_s[0], GetParam().known_by_s);
        if (GetParam().country != nullptr) {
            EXPECT_STREQ(heeded.tones[0].country.data(), GetParam().country);
        }
    }
};

TEST_P(CadenceTable, IsTold) { expect_told(listen_to(played(-20, 1).noise(-60))); }
TEST_P(CadenceTable, IsToldWhenFaint) { expect_told(listen_to(played(-35, 1).noise(-62))); }
TEST_P(CadenceTable, IsToldWhenLoud) { expect_told(listen_to(played(-12, 1).noise(-40))); }

TEST_P(CadenceTable, IsToldWithLostFrames) {
    expect_told(listen_to(played(-20, 1), [](std::size_t n) {
        return n % 37 == 5 ? FrameState::Lost : FrameState::Audio;
    }));
}

INSTANTIATE_TEST_SUITE_P(
    Tones, CadenceTable,
    testing::Values(
        Case{"RingUs", {440, 480}, {2, 4}, Verdict::Ringback, "US", 4},
        Case{"RingUk", {400, 450}, {.4, .2, .4, 2}, Verdict::Ringback, "UK", 3},
        Case{"RingDe", {425}, {1, 4}, Verdict::Ringback, "DE", 3},
        Case{"RingFr", {440}, {1.5, 3.5}, Verdict::Ringback, "FR", 4},
        Case{"RingEs", {425}, {1.5, 3}, Verdict::Ringback, "ES", 4},
        Case{"RingHu", {425}, {1.25, 3.75}, Verdict::Ringback, "HU", 4},
        Case{"RingRu", {425}, {.8, 3.2}, Verdict::Ringback, "RU", 3},
        Case{"RingJp", {400}, {1, 2}, Verdict::Ringback, "JP", 3},
        Case{"BusyUs", {480, 620}, {.5, .5}, Verdict::Busy, "US", 2.5},
        Case{"BusyUk", {400}, {.375, .375}, Verdict::Busy, "UK", 2.5},
        Case{"BusyDe", {425}, {.48, .48}, Verdict::Busy, "DE", 2.5},
        Case{"BusyFr", {440}, {.5, .5}, Verdict::Busy, "FR", 2.5},
        Case{"ReorderUs", {480, 620}, {.25, .25}, Verdict::Congestion, "US", 2.5},
        Case{"CongestionDe", {425}, {.24, .24}, Verdict::Congestion, "DE", 2.5},
        Case{"CongestionUk", {400}, {.4, .35, .225, .525}, Verdict::Congestion, "UK", 3.5}),
    [](const auto& row) { return row.param.name; });

TEST(CadenceMatcher, StaysSilentOnADialTone) {
    EXPECT_TRUE(listen_to(Sound().tone({425}, 8)).tones.empty());
    EXPECT_TRUE(listen_to(Sound().tone({350, 440}, 8)).tones.empty());
}

TEST(CadenceMatcher, StaysSilentOnADialledNumber) {
    Sound sound;
    for (const auto& [row, column] :
         {std::pair{697., 1209.}, {770., 1336.}, {852., 1477.}, {941., 1336.}}) {
        sound.tone({row, column}, 0.1).silence(0.1).tone({row, column}, 0.25).silence(0.25);
    }
    EXPECT_TRUE(listen_to(sound.silence(3)).tones.empty());
}

TEST(CadenceMatcher, StaysSilentWhenSomebodySpeaksBetweenTheBursts) {
    Sound sound;
    sound.silence(0.3);
    for (int i = 0; i < 6; ++i) sound.tone({425}, 0.48).vowel(0.48);
    EXPECT_TRUE(listen_to(sound).tones.empty());
}

TEST(CadenceMatcher, StaysSilentOnARhythmOfItsOwn) {
    Sound sound;
    sound.silence(0.3);
    for (const double length : {0.3, 0.9, 0.2, 0.7, 0.35, 0.15}) {
        sound.tone({425}, length).silence(0.9 - length / 2);
    }
    EXPECT_TRUE(listen_to(sound).tones.empty());
}

}  // namespace
}  // namespace bellwether::answer_detect
