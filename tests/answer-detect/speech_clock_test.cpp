#include "answer-detect/speech_clock.h"

#include <gtest/gtest.h>

#include <vector>

namespace bellwether::answer_detect {
namespace {

constexpr double kStepS = 0.040;

// Runs of steps: how many, and the chance of a voice in them.
struct Run {
    int steps;
    float voice;
    float level_dbm0 = -20;
};

SpeechClock after(const std::vector<Run>& runs, float floor_dbm0 = -50) {
    SpeechClock clock;
    int step = 0;
    for (const Run& run : runs) {
        for (int i = 0; i < run.steps; ++i) {
            clock.step(run.voice, run.level_dbm0, floor_dbm0, ++step * kStepS);
        }
    }
    return clock;
}

TEST(SpeechClock, StartsAtTheOnsetNotWhenItIsCertain) {
    const SpeechClock clock = after({{25, 0}, {3, 1}});
    ASSERT_TRUE(clock.started());
    EXPECT_NEAR(clock.onset_s(), 1.0, 1e-9);
    EXPECT_NEAR(clock.since_onset_s(), 0.12, 1e-9);
    EXPECT_TRUE(clock.speaking());
}

TEST(SpeechClock, IsNotStartedByAClickOrAChatterFarAway) {
    EXPECT_FALSE(after({{25, 0}, {2, 1}, {25, 0}}).started());
    EXPECT_FALSE(after({{25, 0}, {25, 1, -52}}).started());
    EXPECT_FALSE(after({{25, 0}, {25, 1, -30}}, -32).started());
    EXPECT_FALSE(after({{50, 0.5F, -40}}, -46).started());
}

TEST(SpeechClock, MeasuresBurstsAndPauses) {
    const SpeechClock clock = after({{10, 0}, {20, 1}, {25, 0}, {10, 1}, {5, 0}});
    EXPECT_EQ(clock.bursts(), 2);
    EXPECT_NEAR(clock.first_burst_s(), 0.8, 1e-9);
    EXPECT_NEAR(clock.longest_run_s(), 0.8, 1e-9);
    EXPECT_NEAR(clock.speech_s(), 1.2, 1e-9);
    EXPECT_NEAR(clock.pause_s(), 0.2, 1e-9);
    EXPECT_NEAR(clock.last_speech_s(), 65 * kStepS, 1e-9);
    EXPECT_FALSE(clock.speaking());
}

TEST(SpeechClock, TakesAShortGapForOneRun) {
    const SpeechClock clock = after({{20, 1}, {4, 0}, {20, 1}});
    EXPECT_EQ(clock.bursts(), 1);
    EXPECT_NEAR(clock.longest_run_s(), 44 * kStepS, 1e-9);
}

TEST(SpeechClock, HoldsOnWhileAVoiceFades) {
    EXPECT_TRUE(after({{20, 1, -40}, {10, 0.45F, -40}}, -46).speaking());
    EXPECT_FALSE(after({{20, 1, -40}, {10, 0.35F, -40}}, -46).speaking());
}

TEST(SpeechClock, TrustsAVoiceMoreThatStandsFarOutOfTheNoise) {
    EXPECT_TRUE(after({{10, 0.4F, -20}}, -50).started());
    EXPECT_FALSE(after({{10, 0.4F, -20}}, -32).started());
    EXPECT_FALSE(after({{10, 0.4F, -45}}, -75).started());
}

TEST(SpeechClock, MeasuresHowFarSpeechStandsOverTheNoise) {
    EXPECT_NEAR(after({{20, 1, -20}}, -45).snr_db(), 25, 1e-4);
    EXPECT_EQ(after({{20, 0}}).snr_db(), 0);
}

}  // namespace
}  // namespace bellwether::answer_detect
