#include "answer-detect/training/example.h"

#include <gtest/gtest.h>

#include "answer-detect/front_end.h"
#include "tests/answer-detect/training/small_clips.h"

namespace bellwether::answer_detect::training {
namespace {

Example made_of(const LabelledClip& clip, const HeardClip& heard) {
    return make_example(clip, heard, voice_activity(clip));
}

TEST(Example, HasOneColumnAStep) {
    const auto clip = buzz("a", ClipClass::Machine, 150);
    const auto example = made_of(clip, as_recorded(clip, 8));
    EXPECT_EQ(example.steps(), 100);
    EXPECT_EQ(example.features.rows(), kFeatureCount);
    EXPECT_EQ(example.targets.cols(), 100);
    EXPECT_EQ(example.weights.cols(), 100);
    EXPECT_DOUBLE_EQ(example.onset_s, 0.4);
}

TEST(Example, HearsWhatALegWouldHear) {
    const auto clip = buzz("a", ClipClass::Human, 150);
    const auto heard = as_recorded(clip, 8);
    const auto features = features_of(heard);
    Spectrum spectrum;
    FrontEnd front_end;
    Eigen::Index step = 0;
    for (std::size_t at = 0; at < heard.pcm.size(); at += kFrameSamples) {
        const Frame frame(heard.pcm.data() + at, kFrameSamples);
        if (!front_end.push(spectrum.push(frame), FrameState::Audio)) continue;
        for (std::size_t i = 0; i < Feature::kCount; ++i) {
            ASSERT_EQ(features(static_cast<Eigen::Index>(i), step), front_end.features()[i]);
        }
        ++step;
    }
}

TEST(Example, MovesTheLabelsWithTheSound) {
    auto clip = buzz("a", ClipClass::Machine, 150);
    clip.speech_start = 0.41;  // within a step, not on its edge
    auto heard = as_recorded(clip, 8);
    const auto plain = made_of(clip, heard);
    heard.shift_s = 0.8;  // as if the sound began 20 steps later
    const auto moved = made_of(clip, heard);
    EXPECT_DOUBLE_EQ(moved.onset_s, 1.21);
    EXPECT_EQ(moved.weights.block(0, 20, 1, 75), plain.weights.block(0, 0, 1, 75));
    EXPECT_EQ(moved.weights(0, 15), 0);
}

}  // namespace
}  // namespace bellwether::answer_detect::training
