#include "answer-detect/tones/peaks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/answer-detect/sounds.h"

namespace bellwether::answer_detect {
namespace {

Peaks last_peaks(const Sound& sound) {
    const auto pcm = sound.pcm();
    Spectrum spectrum;
    PeakFinder finder;
    Peaks peaks;
    for (std::size_t n = 0; n * kFrameSamples < pcm.size(); ++n) {
        for (const Power& power : spectrum.push(frame_of(pcm, n))) peaks = finder.find(power);
    }
    return peaks;
}

TEST(PeakFinder, FindsASinesFrequencyAndLevel) {
    const Peaks peaks = last_peaks(Sound().tone({425}, 0.2, -18));
    EXPECT_NEAR(peaks.hz[0], 425, 1);
    EXPECT_GT(peaks.share[0], 0.99F);
    EXPECT_NEAR(peaks.level_dbm0, -18, 0.3);
    EXPECT_LT(peaks.width_hz, 20);
}

TEST(PeakFinder, FindsBothLinesOfAPair) {
    const Peaks peaks = last_peaks(Sound().tone({480, 620}, 0.2));
    EXPECT_NEAR(std::min(peaks.hz[0], peaks.hz[1]), 480, 5);
    EXPECT_NEAR(std::max(peaks.hz[0], peaks.hz[1]), 620, 5);
    EXPECT_GT(peaks.share[0] + peaks.share[1], 0.97F);
}

TEST(PeakFinder, TellsAClosePairFromASineByItsWidth) {
    const Peaks peaks = last_peaks(Sound().tone({440, 480}, 0.2));
    EXPECT_NEAR(peaks.hz[0], 460, 6);
    EXPECT_GT(peaks.width_hz, 22);
}

TEST(PeakFinder, GivesAVowelNoTwoLines) {
    const Peaks peaks = last_peaks(Sound().vowel(0.3));
    EXPECT_LT(peaks.share[0] + peaks.share[1], 0.9F);
}

TEST(PeakFinder, TakesTheStandingNoiseAway) {
    Sound sound;
    sound.silence(3).noise(-30).tone({1000}, 0.3, -25);
    const Peaks peaks = last_peaks(sound.noise(-30, 2));
    EXPECT_NEAR(peaks.hz[0], 1000, 8);
    EXPECT_GT(peaks.share[0], 0.7F);
}

TEST(PeakFinder, HearsNothingInSilence) {
    const Peaks peaks = last_peaks(Sound().silence(0.2));
    EXPECT_EQ(peaks.level_dbm0, -96);
    EXPECT_EQ(peaks.hz[0], 0);
}

}  // namespace
}  // namespace bellwether::answer_detect
