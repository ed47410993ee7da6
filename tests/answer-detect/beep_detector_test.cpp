#include "answer-detect/beep_detector.h"

#include <gtest/gtest.h>

#include <ostream>
#include <vector>

#include "answer-detect/tones/tone_engine.h"
#include "tests/answer-detect/sounds.h"

namespace bellwether::answer_detect {
namespace {

struct Found {
    std::vector<Beep> started;
    std::vector<Beep> ended;
    double end_known_s = 0;
};

Found find(const Sound& sound, bool after_speech = true) {
    const auto pcm = sound.pcm();
    ToneEngine engine;
    BeepDetector detector;
    Found found;
    for (std::size_t n = 0; n * kFrameSamples < pcm.size(); ++n) {
        engine.push(frame_of(pcm, n), FrameState::Audio, [&](const ToneStep& step) {
            const auto told = detector.follow(engine.runs(), step.peaks, after_speech);
            if (told.started) found.started.push_back(*told.started);
            if (!told.ended) return;
            found.ended.push_back(*told.ended);
            found.end_known_s = static_cast<double>(n + 1) * kFrameS;
        });
    }
    return found;
}

struct Case {
    const char* name;
    std::vector<double> hz;
    double seconds;
};
void PrintTo(const Case& row, std::ostream* out) { *out << row.name; }

class BeepTable : public testing::TestWithParam<Case> {
protected:
    static void expect_found(double dbm0, double noise_dbm0) {
        Sound sound;
        sound.vowel(1, dbm0).silence(0.6).tone(GetParam().hz, GetParam().seconds, dbm0).silence(1);
        const Found found = find(sound.noise(noise_dbm0));
        ASSERT_EQ(found.ended.size(), 1U);
        ASSERT_EQ(found.started.size(), 1U);
        EXPECT_NEAR(found.ended[0].start_s, 1.6, 0.02);
        EXPECT_NEAR(found.ended[0].end_s, 1.6 + GetParam().seconds, 0.02);
        EXPECT_NEAR(found.started[0].start_s, 1.6, 0.02);
        EXPECT_EQ(found.started[0].end_s, 0);
        EXPECT_LE(found.end_known_s - 1.6 - GetParam().seconds, 0.06);
        for (const double hz : GetParam().hz) {
            const auto& lines = found.ended[0].hz;
            EXPECT_TRUE(std::abs(lines[0] - hz) < 12 || std::abs(lines[1] - hz) < 12) << hz;
        }
    }
};

TEST_P(BeepTable, IsFoundWithItsEnds) { expect_found(-20, -60); }
TEST_P(BeepTable, IsFoundFaint) { expect_found(-33, -60); }
TEST_P(BeepTable, IsFoundInNoise) { expect_found(-16, -30); }

INSTANTIATE_TEST_SUITE_P(Beeps, BeepTable,
                         testing::Values(Case{"Short", {1000}, 0.2}, Case{"Long", {1000}, 1},
                                         Case{"Low", {440}, 0.5}, Case{"High", {1400}, 0.4},
                                         Case{"LikeRussianRing", {425}, 0.8},
                                         Case{"Dual", {850, 1780}, 0.5},
                                         Case{"DualNearRingback", {480, 610}, 0.6}),
                         [](const auto& row) { return row.param.name; });

TEST(BeepDetector, TakesTwoStepsForOneBeep) {
    const Found found =
        find(Sound().vowel(1).silence(0.5).tone({620}, 0.3).tone({780}, 0.3).silence(1).noise(-60));
    ASSERT_EQ(found.ended.size(), 1U);
    EXPECT_NEAR(found.ended[0].start_s, 1.5, 0.02);
    EXPECT_NEAR(found.ended[0].end_s, 2.1, 0.02);
    EXPECT_NEAR(found.ended[0].hz[0], 620, 3);
    EXPECT_NEAR(found.ended[0].hz[1], 780, 3);
}

TEST(BeepDetector, FindsAPairLikeAmericanRingbackAfterSpeech) {
    const Found found =
        find(Sound().vowel(1).silence(0.5).tone({440, 480}, 0.6).silence(1).noise(-60));
    ASSERT_EQ(found.ended.size(), 1U);
    EXPECT_NEAR(found.ended[0].hz[0], 460, 6);
}

TEST(BeepDetector, FindsNothingBeforeSpeech) {
    EXPECT_TRUE(find(Sound().silence(0.5).tone({1000}, 0.5).silence(1), false).started.empty());
}

TEST(BeepDetector, FindsNoneInVowelsNotesAndDialTones) {
    EXPECT_TRUE(
        find(Sound().silence(0.3).vowel(0.5).silence(0.2).vowel(0.9).silence(0.5)).ended.empty());
    EXPECT_TRUE(
        find(Sound().vowel(1).silence(0.5).tone({262, 524}, 0.4).silence(0.5)).ended.empty());
    EXPECT_TRUE(find(Sound().vowel(1).silence(0.5).tone({300}, 0.4).silence(0.5)).ended.empty());
    EXPECT_TRUE(find(Sound().vowel(1).silence(0.5).tone({1000}, 0.1).silence(0.5)).ended.empty());
}

TEST(BeepDetector, FindsNoneThatIsFarFainterThanTheGreeting) {
    EXPECT_TRUE(
        find(Sound().vowel(1, -15).silence(0.5).tone({1000}, 0.5, -45).silence(1)).ended.empty());
}

}  // namespace
}  // namespace bellwether::answer_detect
