#include "answer-detect/training/variation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/answer-detect/training/small_clips.h"

namespace bellwether::answer_detect::training {
namespace {

TEST(Variation, LeavesARecordingAsItIs) {
    const auto clip = buzz("a", ClipClass::Human, 150);
    const auto heard = as_recorded(clip, 2.005);
    EXPECT_EQ(heard.pcm.size(), 16000U);  // whole frames
    EXPECT_TRUE(std::equal(heard.pcm.begin(), heard.pcm.end(), clip.pcm.begin()));
    EXPECT_EQ(heard.clip_time(1.5), 1.5);
}

TEST(Variation, CallsDigitalSilenceByItsName) {
    auto clip = buzz("a", ClipClass::Human, 150);
    std::fill(clip.pcm.begin(), clip.pcm.begin() + 320, std::int16_t{0});
    const auto heard = as_recorded(clip, 1);
    EXPECT_EQ(heard.states[1], FrameState::Silence);
    EXPECT_EQ(heard.states[2], FrameState::Audio);
}

TEST(Variation, IsTheSameForTheSameSeed) {
    const NoiseShelf shelf(1);
    const auto clip = buzz("a", ClipClass::Machine, 150);
    const std::vector<const LabelledClip*> talkers = {&clip};
    for (int i = 0; i < 10; ++i) {
        Rng one(static_cast<std::uint64_t>(i), "test");
        Rng two(static_cast<std::uint64_t>(i), "test");
        const auto first = on_another_line(clip, 8, shelf, talkers, one);
        const auto second = on_another_line(clip, 8, shelf, talkers, two);
        EXPECT_EQ(first.pcm, second.pcm);
        EXPECT_EQ(first.states, second.states);
    }
}

double level(const HeardClip& heard, double from, double to) {
    double sum = 0;
    double count = 0;
    for (auto i = static_cast<std::size_t>(from * 8000);
         i < std::min(heard.pcm.size(), static_cast<std::size_t>(to * 8000)); ++i) {
        sum += std::pow(static_cast<double>(heard.pcm[i]), 2);
        ++count;
    }
    return count > 0 ? std::sqrt(sum / count) : 0;
}

// However the clip was moved and stretched, its labels still say where the speech is.
TEST(Variation, KnowsWhereTheSpeechWent) {
    const NoiseShelf shelf(1);
    const auto clip = buzz("a", ClipClass::Human, 150);
    for (std::uint64_t i = 0; i < 40; ++i) {
        Rng rng(i, "test");
        const auto heard = on_another_line(clip, 8, shelf, {}, rng);
        const double start = clip.speech_start / heard.speed + heard.shift_s;
        const double end = clip.greet_end / heard.speed + heard.shift_s;
        EXPECT_NEAR(heard.clip_time(start), clip.speech_start, 1e-9);
        ASSERT_GE(start, 0) << i;
        EXPECT_GT(level(heard, start, end), 1.3 * level(heard, end + 0.2, end + 1)) << i;
    }
}

TEST(Variation, LosesFramesNowAndThen) {
    const NoiseShelf shelf(1);
    const auto clip = buzz("a", ClipClass::Machine, 150);
    int lost = 0;
    int calls = 0;
    for (std::uint64_t i = 0; i < 60; ++i) {
        Rng rng(i, "test");
        const auto heard = on_another_line(clip, 8, shelf, {}, rng);
        const auto here = std::count(heard.states.begin(), heard.states.end(), FrameState::Lost);
        lost += static_cast<int>(here);
        calls += here > 0 ? 1 : 0;
        EXPECT_EQ(heard.pcm.size(), heard.states.size() * kFrameSamples);
    }
    EXPECT_GT(calls, 3);
    EXPECT_LT(lost, 60 * 200 / 20);
}

TEST(Variation, BearsAnEmptyClip) {
    const NoiseShelf shelf(1);
    Rng rng(1, "test");
    EXPECT_TRUE(on_another_line(LabelledClip{}, 8, shelf, {}, rng).pcm.empty());
    EXPECT_TRUE(as_recorded(LabelledClip{}, 8).pcm.empty());
}

TEST(NoiseShelf, HoldsNoisesOfOnePower) {
    const NoiseShelf shelf(3);
    for (const auto kind :
         {NoiseShelf::Kind::White, NoiseShelf::Kind::Pink, NoiseShelf::Kind::Hum}) {
        double sum = 0;
        for (const float s : shelf.noise(kind))
            sum += static_cast<double>(s) * static_cast<double>(s);
        EXPECT_NEAR(sum / static_cast<double>(shelf.noise(kind).size()), 1, 1e-3);
    }
}

}  // namespace
}  // namespace bellwether::answer_detect::training
