#include "answer-detect/spectrum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace bellwether::answer_detect {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

std::array<float, kWindowSamples> sine(double hz, double amplitude) {
    std::array<float, kWindowSamples> made{};
    for (std::size_t i = 0; i < made.size(); ++i) {
        const double t = static_cast<double>(i) / kSampleRate;
        made[i] = static_cast<float>(amplitude * std::sin(kTurn * hz * t));
    }
    return made;
}

// The definition, summed as it stands: another way than the fast transform's.
std::vector<double> slow_power(const std::array<float, kWindowSamples>& samples) {
    std::vector<double> power(kBins);
    double window_power = 0;
    for (std::size_t k = 0; k < kBins; ++k) {
        double re = 0;
        double im = 0;
        window_power = 0;
        for (std::size_t i = 0; i < kWindowSamples; ++i) {
            const double x = static_cast<double>(i) / kWindowSamples;
            const double hann = 0.5 - 0.5 * std::cos(kTurn * x);
            window_power += hann * hann;
            re += hann * static_cast<double>(samples[i]) *
                  std::cos(kTurn * static_cast<double>(k) * x);
            im -= hann * static_cast<double>(samples[i]) *
                  std::sin(kTurn * static_cast<double>(k) * x);
        }
        const double sides = k == 0 || k + 1 == kBins ? 1 : 2;
        power[k] = sides * (re * re + im * im) / (window_power * kWindowSamples);
    }
    return power;
}

TEST(Spectrum, EqualsTheSumThatDefinesIt) {
    std::array<float, kWindowSamples> samples = sine(437, 0.3);
    const std::array<float, kWindowSamples> other = sine(2711, 0.05);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] += other[i] + 0.02F;
    Power power{};
    power_spectrum(samples, power);
    const std::vector<double> expected = slow_power(samples);
    for (std::size_t k = 0; k < kBins; ++k) EXPECT_NEAR(power[k], expected[k], 1e-8) << k;
}

TEST(Spectrum, SumsToTheMeanSquareOfASteadySound) {
    Power power{};
    power_spectrum(sine(1000, 0.5), power);
    float sum = 0;
    for (const float bin : power) sum += bin;
    EXPECT_NEAR(sum, 0.125, 1e-4);
}

TEST(Spectrum, CutsFramesIntoWindowsOf10MsSteps) {
    std::vector<std::int16_t> audio(3 * kFrameSamples);
    for (std::size_t i = 0; i < audio.size(); ++i) {
        audio[i] = static_cast<std::int16_t>(static_cast<int>(i * 7919 % 20011) - 10000);
    }
    Spectrum spectrum;
    std::array<Power, kHopsPerFrame> last{};
    for (std::size_t f = 0; f < 3; ++f) {
        last = spectrum.push(Frame{audio.data() + f * kFrameSamples, kFrameSamples});
    }
    for (std::size_t hop = 0; hop < kHopsPerFrame; ++hop) {
        const std::size_t end = 2 * kFrameSamples + (hop + 1) * kHopSamples;
        std::array<float, kWindowSamples> window{};
        for (std::size_t i = 0; i < kWindowSamples; ++i) {
            window[i] = static_cast<float>(audio[end - kWindowSamples + i]) / 32768;
        }
        Power expected{};
        power_spectrum(window, expected);
        EXPECT_EQ(last[hop], expected) << hop;
    }
    EXPECT_FLOAT_EQ(spectrum.window().back(), static_cast<float>(audio.back()) / 32768);
}

TEST(Spectrum, TellsLevelsInDbm0) {
    EXPECT_NEAR(dbm0(0.5F), 3.14, 0.01);  // a sine of full amplitude: ITU-T G.711
    EXPECT_NEAR(dbm0(0.005F), -16.86, 0.01);
    EXPECT_EQ(dbm0(0), -96);
}

}  // namespace
}  // namespace bellwether::answer_detect
