#include "answer-detect/front_end.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace bellwether::answer_detect {
namespace {

// One second of something, 16 bit.
std::vector<std::int16_t> wave(double hz, double amplitude, bool is_rich = false) {
    std::vector<std::int16_t> made;
    for (int i = 0; i < kSampleRate; ++i) {
        double x = 0;
        for (int k = 1; k <= (is_rich ? 8 : 1); ++k) {
            x += std::sin(2 * std::numbers::pi * hz * k * i / kSampleRate) / k;
        }
        made.push_back(static_cast<std::int16_t>(std::lround(amplitude * 32767 * x)));
    }
    return made;
}

std::vector<std::int16_t> hiss(double amplitude) {
    std::vector<std::int16_t> made;
    std::uint32_t state = 12345;
    for (int i = 0; i < kSampleRate; ++i) {
        state = state * 1664525 + 1013904223;  // Numerical Recipes' quick generator
        const double x = static_cast<double>(state >> 8) / (1 << 23) - 1;
        made.push_back(static_cast<std::int16_t>(std::lround(amplitude * 32767 * x)));
    }
    return made;
}

class Ear {
public:
    // Features of each step that this sound completes.
    std::vector<Features> hear(const std::vector<std::int16_t>& pcm,
                               FrameState state = FrameState::Audio) {
        std::vector<Features> heard;
        for (std::size_t at = 0; at + kFrameSamples <= pcm.size(); at += kFrameSamples) {
            const auto& powers = spectrum_.push(Frame(pcm.data() + at, kFrameSamples));
            if (front_end.push(powers, state)) heard.push_back(front_end.features());
        }
        return heard;
    }

    FrontEnd front_end;

private:
    Spectrum spectrum_;
};

std::size_t loudest_band(const Features& features) {
    const auto* bands = features.data() + Feature::kBand;
    return static_cast<std::size_t>(std::max_element(bands, bands + kMelBands) - bands);
}

TEST(FrontEnd, HearsOneStepEachTwoFrames) { EXPECT_EQ(Ear().hear(wave(500, 0.1)).size(), 25U); }

// Expected by hand: 24 centres evenly between 120 and 3800 Hz on the mel scale 1127 ln(1 + f/700):
// mel(120) = 178.3, mel(3800) = 2095.0, 76.7 mel apart; mel(1000) = 1000.0, place 10.7 - 1.
TEST(FrontEnd, PutsATonesEnergyIntoItsBand) {
    EXPECT_NEAR(static_cast<double>(loudest_band(Ear().hear(wave(1000, 0.1)).back())), 9.7, 0.5);
    EXPECT_EQ(loudest_band(Ear().hear(wave(150, 0.1)).back()), 0U);
    EXPECT_EQ(loudest_band(Ear().hear(wave(3600, 0.1)).back()), 23U);
}

// A sine of full amplitude is 3.14 dBm0 (G.711); a tenth of it is 20 dB less.
TEST(FrontEnd, TellsTheLevel) {
    Ear ear;
    (void)ear.hear(wave(1000, 0.1));
    EXPECT_NEAR(ear.front_end.level_dbm0(), -16.86F, 0.1F);
}

TEST(FrontEnd, FollowsTheNoiseUnderTheSpeech) {
    Ear ear;
    (void)ear.hear(hiss(0.002));
    const float quiet = ear.front_end.floor_dbm0();
    for (int i = 0; i < 10; ++i) {
        auto loud = wave(200, 0.2, true);
        loud.resize(kSampleRate / 4);
        (void)ear.hear(loud);
        auto rest = hiss(0.002);
        rest.resize(kSampleRate / 8);
        (void)ear.hear(rest);
    }
    EXPECT_NEAR(ear.front_end.floor_dbm0(), quiet, 1.5F);
}

TEST(FrontEnd, HearsTheSameWhetherSoftOrLoud) {
    const auto soft = Ear().hear(hiss(0.03)).back();
    const auto loud = Ear().hear(hiss(0.3)).back();
    for (std::size_t i = 0; i < Feature::kCount; ++i) EXPECT_NEAR(soft[i], loud[i], 0.06F) << i;
}

TEST(FrontEnd, FindsThePitchOfAVoice) {
    const auto low = Ear().hear(wave(100, 0.1, true)).back();
    const auto high = Ear().hear(wave(240, 0.1, true)).back();
    EXPECT_GT(low[Feature::kPeriodic], 0.8F);
    EXPECT_NEAR(low[Feature::kPitch], std::log2(100.0 / 160), 0.05);
    EXPECT_NEAR(high[Feature::kPitch], std::log2(240.0 / 160), 0.05);
}

TEST(FrontEnd, HearsNoPitchInNoise) {
    const auto heard = Ear().hear(hiss(0.1)).back();
    EXPECT_EQ(heard[Feature::kPitch], 0.0F);
    EXPECT_GT(heard[Feature::kFlatness], -0.25F);  // 0 is perfectly flat; noise has its accidents
}

TEST(FrontEnd, DoesNotTakeConcealmentForSound) {
    Ear ear;
    (void)ear.hear(wave(200, 0.1, true));
    const float floor = ear.front_end.floor_dbm0();
    const auto lost = ear.hear(wave(1000, 0.5), FrameState::Lost);
    for (const auto& features : lost) {
        EXPECT_EQ(features[Feature::kMissing], 1.0F);
        EXPECT_EQ(features[Feature::kBand + 9], 0.0F);
    }
    EXPECT_EQ(ear.front_end.floor_dbm0(), floor);
}

TEST(FrontEnd, CountsTheTimeSinceItWasLoud) {
    Ear ear;
    (void)ear.hear(hiss(0.0005));
    const auto loud = ear.hear(wave(200, 0.2, true)).back();
    EXPECT_EQ(loud[Feature::kQuiet], 0.0F);
    const auto quiet = ear.hear(hiss(0.0005)).back();
    EXPECT_NEAR(quiet[Feature::kQuiet], std::log(1 + 10 * 1.0), 0.05);  // after one second
    EXPECT_GT(quiet[Feature::kSince], quiet[Feature::kQuiet]);
}

}  // namespace
}  // namespace bellwether::answer_detect
