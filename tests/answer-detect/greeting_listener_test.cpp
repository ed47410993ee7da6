#include "answer-detect/greeting_listener.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "answer-detect/calibration.h"
#include "answer-detect/network.h"
#include "answer-detect/shipped_weights.h"

namespace bellwether::answer_detect {
namespace {

constexpr std::size_t kFrames = 150;  // 3 s

GreetingModel shipped() {
    auto model = GreetingModel::parse(shipped_weights());
    EXPECT_TRUE(model.has_value());
    return *model;
}

// Half a second of a buzz at 140 Hz like a held vowel, then noise.
std::vector<std::int16_t> vowel_and_silence() {
    std::vector<std::int16_t> made;
    std::uint32_t state = 1;
    for (int i = 0; i < static_cast<int>(kFrames * kFrameSamples); ++i) {
        state = state * 1664525 + 1013904223;
        double x = 0.002 * (static_cast<double>(state >> 8) / (1 << 23) - 1);
        const double t = static_cast<double>(i) / kSampleRate;
        for (int k = 1; t > 0.5 && t < 1.0 && k <= 12; ++k) {
            x += 0.15 * std::sin(2 * std::numbers::pi * 140 * k * t) / k;
        }
        made.push_back(static_cast<std::int16_t>(std::lround(32767 * x)));
    }
    return made;
}

std::vector<Hearing> listen(GreetingListener& listener, const std::vector<std::int16_t>& pcm,
                            FrameState state = FrameState::Audio) {
    std::vector<Hearing> heard;
    for (std::size_t at = 0; at < pcm.size(); at += kFrameSamples) {
        const auto now = listener.push(Frame(pcm.data() + at, kFrameSamples), state);
        if (now) heard.push_back(*now);
    }
    return heard;
}

TEST(GreetingListener, SpeaksEachFortyMilliseconds) {
    const auto model = shipped();
    GreetingListener listener(model);
    EXPECT_EQ(listen(listener, vowel_and_silence()).size(), kFrames / 2);
}

TEST(GreetingListener, HearsTheSameWithASpectrumOfTheCallers) {
    const auto model = shipped();
    const auto pcm = vowel_and_silence();
    GreetingListener own(model);
    const auto expected = listen(own, pcm);
    GreetingListener other(model);
    Spectrum spectrum;
    std::vector<Hearing> heard;
    for (std::size_t at = 0; at < pcm.size(); at += kFrameSamples) {
        const auto& powers = spectrum.push(Frame(pcm.data() + at, kFrameSamples));
        if (const auto now = other.push(powers, FrameState::Audio)) heard.push_back(*now);
    }
    ASSERT_EQ(heard.size(), expected.size());
    for (std::size_t i = 0; i < heard.size(); ++i) {
        EXPECT_EQ(heard[i].machine_logit, expected[i].machine_logit) << i;
    }
}

TEST(GreetingListener, KeepsItsLegsApart) {
    const auto model = shipped();
    const auto pcm = vowel_and_silence();
    GreetingListener first(model);
    const auto expected = listen(first, pcm);
    GreetingListener second(model);
    EXPECT_EQ(listen(second, pcm).back().machine_logit, expected.back().machine_logit);
}

TEST(GreetingListener, HearsAVoiceWhereThereIsOne) {
    const auto model = shipped();
    GreetingListener listener(model);
    const auto heard = listen(listener, vowel_and_silence());
    EXPECT_LT(heard[10].voice, 0.5F);  // 0.44 s
    EXPECT_GT(heard[18].voice, 0.5F);  // 0.76 s
    EXPECT_LT(heard[50].voice, 0.5F);  // 2.04 s
    for (const auto& now : heard) {
        EXPECT_GE(std::min({now.voice, now.screener, now.music}), 0.0F);
        EXPECT_LE(std::max({now.voice, now.screener, now.music}), 1.0F);
    }
}

TEST(GreetingListener, IsDeafToFramesThatAreNoAudio) {
    const auto model = shipped();
    const std::vector<std::int16_t> loud(kFrames * kFrameSamples, 20000);
    const std::vector<std::int16_t> nothing(kFrames * kFrameSamples, 0);
    for (const auto state : {FrameState::Lost, FrameState::Silence, FrameState::ComfortNoise}) {
        GreetingListener one(model);
        GreetingListener two(model);
        const auto heard = listen(one, loud, state);
        EXPECT_EQ(heard.back().machine_logit, listen(two, nothing, state).back().machine_logit);
        EXPECT_EQ(heard.back().level_dbm0, -96.0F);
    }
}

}  // namespace
}  // namespace bellwether::answer_detect
