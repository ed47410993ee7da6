#include "answer-detect/training/targets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "answer-detect/audio.h"

#include "tests/answer-detect/training/small_clips.h"

namespace bellwether::answer_detect::training {
namespace {

Activity at(const std::vector<Activity>& activity, double t) {
    return activity[static_cast<std::size_t>(t * 100)];
}

Target asked(const LabelledClip& clip, double t) {
    return target_at(clip, voice_activity(clip), t);
}

TEST(Targets, HearTheVoiceWhereItIs) {
    auto clip = buzz("a", ClipClass::Machine, 150);
    clip.pauses = {{1.5, 2.0}};
    const auto activity = voice_activity(clip);
    EXPECT_EQ(at(activity, 0.2), Activity::No);
    EXPECT_EQ(at(activity, 1.0), Activity::Yes);
    EXPECT_EQ(at(activity, 1.7), Activity::No);  // as labelled
    EXPECT_EQ(at(activity, 3.0), Activity::Yes);
    EXPECT_EQ(at(activity, 3.8), Activity::No);
}

TEST(Targets, BridgeShortGapsInSpeech) {
    auto clip = buzz("a", ClipClass::Machine, 150);
    const auto silence = [&](double from, double to) {
        const auto first = clip.pcm.begin() + std::lround(from * kSampleRate);
        const auto last = clip.pcm.begin() + std::lround(to * kSampleRate);
        std::for_each(first, last, [](std::int16_t& s) { s = static_cast<std::int16_t>(s / 99); });
    };
    silence(1.0, 1.1);
    silence(2.0, 2.5);
    const auto activity = voice_activity(clip);
    EXPECT_EQ(at(activity, 1.05), Activity::Yes);
    EXPECT_EQ(at(activity, 2.25), Activity::No);
}

TEST(Targets, DoNotClaimToKnowWhetherAPersonSpokeAgain) {
    const auto clip = buzz("a", ClipClass::Human, 150);
    EXPECT_EQ(at(voice_activity(clip), 2.0), Activity::Unknown);
    EXPECT_EQ(asked(clip, 2.0).voice_weight, 0);
}

TEST(Targets, AskForTheMachineFromTheOnsetOn) {
    const auto machine = buzz("a", ClipClass::Machine, 150);
    EXPECT_EQ(asked(machine, 0.3).machine_weight, 0);
    EXPECT_EQ(asked(machine, 1.5).machine, 1);
    EXPECT_GT(asked(machine, 1.5).machine_weight, asked(machine, 0.5).machine_weight);
    const auto person = buzz("b", ClipClass::Human, 150);
    EXPECT_EQ(asked(person, 1.5).machine, 0);
    EXPECT_GT(asked(person, 1.5).machine_weight, 0);
}

TEST(Targets, TakeAScreenerForNeither) {
    auto clip = buzz("a", ClipClass::Machine, 150);
    clip.sub = "screen";
    EXPECT_EQ(asked(clip, 1.5).machine_weight, 0);
    EXPECT_EQ(asked(clip, 1.5).screener, 1);
    EXPECT_GT(asked(clip, 1.5).screener_weight, 0);
}

TEST(Targets, KnowMusicAndTones) {
    auto clip = buzz("a", ClipClass::Music, 150);
    clip.speech_start = clip.greet_end = -1;
    EXPECT_EQ(asked(clip, 1).music, 1);
    EXPECT_EQ(asked(clip, 1).machine_weight, 0);
    EXPECT_EQ(asked(clip, 1).voice, 0);
    clip.cls = ClipClass::Sit;
    clip.tone_end = 1.1;
    EXPECT_EQ(asked(clip, 1).music, 0);
    EXPECT_GT(asked(clip, 1).voice_weight, 0);
    EXPECT_EQ(asked(clip, 2).voice_weight, 0);  // the announcement
}

TEST(Targets, BearAClipThatEndsBeforeItsLabels) {
    auto clip = buzz("a", ClipClass::Machine, 150);
    clip.greet_end = 20;
    clip.pauses = {{10, 11}};
    EXPECT_EQ(voice_activity(clip).size(), 400U);
    clip.pcm.clear();
    EXPECT_TRUE(voice_activity(clip).empty());
    EXPECT_EQ(asked(clip, 1).voice_weight, 0);
}

}  // namespace
}  // namespace bellwether::answer_detect::training
