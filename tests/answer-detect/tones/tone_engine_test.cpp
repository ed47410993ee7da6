#include "answer-detect/tones/tone_engine.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "tests/answer-detect/tones/listening.h"

namespace bellwether::answer_detect {
namespace {

TEST(ToneEngine, BeginsAnewWhenTheCallIsAnswered) {
    const auto pcm = Sound().silence(0.3).tone({425}, 1).silence(0.4).pcm();
    const auto after = Sound().silence(3).pcm();
    ToneEngine engine;
    bool told = false;
    const auto hear = [&](const ToneStep& step) { told = told || step.tone.has_value(); };
    for (std::size_t n = 0; n * kFrameSamples < pcm.size(); ++n) {
        engine.push(frame_of(pcm, n), FrameState::Audio, hear);
    }
    EXPECT_TRUE(engine.pending());
    engine.restart();
    EXPECT_FALSE(engine.pending());
    for (std::size_t n = 0; n * kFrameSamples < after.size(); ++n) {
        engine.push(frame_of(after, n), FrameState::Audio, hear);
    }
    EXPECT_FALSE(told);
    EXPECT_NEAR(engine.runs().now_s(), 3, 1e-9);
}

TEST(ToneEngine, SoundsWhileASteadyToneLasts) {
    const auto pcm = Sound().silence(0.2).tone({440, 480}, 0.6).silence(0.3).pcm();
    ToneEngine engine;
    std::vector<bool> sounding;
    for (std::size_t n = 0; n * kFrameSamples < pcm.size(); ++n) {
        engine.push(frame_of(pcm, n), FrameState::Audio, [](const ToneStep&) {});
        sounding.push_back(engine.sounding());
    }
    EXPECT_FALSE(sounding[11]);
    EXPECT_TRUE(sounding[35]);
    EXPECT_FALSE(sounding.back());
}

TEST(ToneEngine, TellsFramesThatAreNoAudioByTheirStateAlone) {
    const Sound sound = Sound().silence(0.2).tone({2100}, 3);
    const auto nothing = [](std::size_t) { return FrameState::Silence; };
    EXPECT_TRUE(listen_to(sound, nothing).tones.empty());
}

// Whatever the frames hold, nothing is told of what is plainly no tone.
RC_GTEST_PROP(ToneEngineLaws, NoiseOfAnyLevelIsNoTone, ()) {
    const auto level = *rc::gen::inRange(-60, -10);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    RC_ASSERT(listen_to(Sound().silence(2).noise(level, seed)).tones.empty());
}

}  // namespace
}  // namespace bellwether::answer_detect
