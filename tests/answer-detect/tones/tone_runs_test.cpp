#include "answer-detect/tones/tone_runs.h"

#include <gtest/gtest.h>

#include "tests/answer-detect/tones/listening.h"

namespace bellwether::answer_detect {
namespace {

TEST(ToneRuns, MeasureWhenAToneBeginsAndEnds) {
    const Heeded heeded = listen_to(Sound().silence(0.5).tone({1000}, 0.4).silence(0.5).noise(-55));
    ASSERT_EQ(heeded.runs.size(), 1U);
    EXPECT_NEAR(heeded.runs[0].start_s, 0.5, 0.015);
    EXPECT_NEAR(heeded.runs[0].end_s, 0.9, 0.015);
    EXPECT_NEAR(heeded.runs[0].hz[0], 1000, 1);
    EXPECT_EQ(heeded.runs[0].hz[1], 0);
    EXPECT_GT(heeded.runs[0].quiet_before_s, 0.4);
}

TEST(ToneRuns, PartToneFromToneWithoutAGap) {
    const Heeded heeded =
        listen_to(Sound().silence(0.2).tone({950}, 0.33).tone({1400}, 0.33).silence(0.2));
    ASSERT_EQ(heeded.runs.size(), 2U);
    EXPECT_NEAR(heeded.runs[0].end_s, 0.53, 0.03);
    EXPECT_NEAR(heeded.runs[1].start_s, 0.53, 0.03);
    EXPECT_NEAR(heeded.runs[1].hz[0], 1400, 2);
}

TEST(ToneRuns, CarryOnOverLostFrames) {
    const Sound sound = Sound().silence(0.2).tone({425}, 1).silence(0.3);
    const Heeded heeded = listen_to(sound, [](std::size_t n) {
        return n == 25 || n == 26 || n == 40 ? FrameState::Lost : FrameState::Audio;
    });
    ASSERT_EQ(heeded.runs.size(), 1U);
    EXPECT_NEAR(heeded.runs[0].length_s(), 1, 0.03);
}

TEST(ToneRuns, CarryOnOverAMutedPacketAndEndInSilence) {
    const Sound sound = Sound().tone({425}, 0.4).silence(0.02).tone({425}, 0.4).silence(0.5);
    const Heeded heeded = listen_to(sound, [](std::size_t n) {
        return n == 20 || n >= 41 ? FrameState::Silence : FrameState::Audio;
    });
    ASSERT_EQ(heeded.runs.size(), 1U);
    EXPECT_NEAR(heeded.runs[0].end_s, 0.82, 0.04);
}

TEST(ToneRuns, MakeNothingOfAGlidingVowel) {
    for (const ToneRun& run : listen_to(Sound().silence(0.2).vowel(0.6).silence(0.2)).runs) {
        EXPECT_LT(run.length_s(), 0.1);
    }
}

TEST(ToneRuns, MakeNothingOfNoise) {
    EXPECT_TRUE(listen_to(Sound().silence(4).noise(-25)).runs.empty());
}

}  // namespace
}  // namespace bellwether::answer_detect
