#include "dialer/media/loss_concealer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "support.h"

namespace bellwether::media::test {
namespace {

Frame frame_of(const std::vector<std::int16_t>& wave, std::size_t index) {
    Frame frame;
    std::copy_n(wave.begin() + static_cast<std::ptrdiff_t>(index * kFrameSamples), kFrameSamples,
                frame.begin());
    return frame;
}

double level(std::span<const std::int16_t> wave) {
    double sum = 0.0;
    for (const auto sample : wave) sum += static_cast<double>(sample) * sample;
    return std::sqrt(sum / static_cast<double>(wave.size()));
}

TEST(LossConcealer, LeavesAnUndisturbedStreamAlone) {
    const auto wave = sine(300, 8000, 1600);
    LossConcealer concealer;
    for (std::size_t i = 0; i < 10; ++i) {
        auto frame = frame_of(wave, i);
        concealer.take(frame);
        EXPECT_EQ(frame, frame_of(wave, i));
    }
}

TEST(LossConcealer, ContinuesVoicedSoundWhereItStopped) {
    for (const double pitch : {80.0, 100.0, 160.0}) {  // whole periods in samples: 100, 80, 50
        auto wave = sine(pitch, 6000, 1600);
        const auto harmonic = sine(3 * pitch, 3000, 1600);
        for (std::size_t i = 0; i < wave.size(); ++i) {
            wave[i] = static_cast<std::int16_t>(wave[i] + harmonic[i]);
        }
        LossConcealer concealer;
        for (std::size_t i = 0; i < 5; ++i) {
            auto frame = frame_of(wave, i);
            concealer.take(frame);
        }
        Frame filled;
        concealer.conceal(filled);
        const auto truth = frame_of(wave, 5);
        Frame error;
        for (std::size_t i = 0; i < error.size(); ++i) {
            error[i] = static_cast<std::int16_t>(filled[i] - truth[i]);
        }
        EXPECT_LT(level(std::span{error}.first<80>()), 0.02 * level(truth)) << pitch << " Hz";
    }
}

TEST(LossConcealer, FadesToSilenceWithin60Milliseconds) {
    const auto wave = sine(200, 8000, 1600);
    LossConcealer concealer;
    for (std::size_t i = 0; i < 5; ++i) {
        auto frame = frame_of(wave, i);
        concealer.take(frame);
    }
    double before = level(wave);
    for (int lost = 0; lost < 3; ++lost) {
        Frame frame;
        concealer.conceal(frame);
        EXPECT_LE(level(frame), before * 1.01);
        before = level(frame);
    }
    Frame frame;
    concealer.conceal(frame);
    EXPECT_EQ(frame, kSilentFrame);
}

TEST(LossConcealer, BlendsFiveMillisecondsIntoTheSpeechAfterwards) {
    const auto wave = sine(200, 8000, 1600);
    LossConcealer concealer;
    for (std::size_t i = 0; i < 5; ++i) {
        auto frame = frame_of(wave, i);
        concealer.take(frame);
    }
    Frame lost;
    concealer.conceal(lost);
    auto frame = frame_of(wave, 6);
    concealer.take(frame);
    const auto truth = frame_of(wave, 6);
    EXPECT_TRUE(std::equal(frame.begin() + 40, frame.end(), truth.begin() + 40));
    // No click: the step over the seam stays near the steepest of a 200 Hz sine of 8000 (1257 a
    // sample).
    EXPECT_LT(std::abs(frame[0] - lost[159]), 1800);
}

RC_GTEST_PROP(LossConcealer, NeverGetsLouderThanWhatWasHeard, ()) {
    const auto pattern = *rc::gen::container<std::vector<bool>>(rc::gen::arbitrary<bool>());
    const auto seed = *rc::gen::arbitrary<std::int16_t>();
    LossConcealer concealer;
    int peak = 0;
    int n = 0;
    for (const bool arrives : pattern) {
        Frame frame;
        for (auto& sample : frame) sample = static_cast<std::int16_t>(seed * (n++ % 97) / 97);
        if (arrives) {
            concealer.take(frame);
            for (const auto sample : frame) peak = std::max(peak, std::abs(int{sample}));
        } else {
            concealer.conceal(frame);
        }
        for (const auto sample : frame) RC_ASSERT(std::abs(int{sample}) <= std::max(peak, 0) + 1);
    }
}

}  // namespace
}  // namespace bellwether::media::test
