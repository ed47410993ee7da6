#include "tests/answer-detect/sounds.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/rng.h"

namespace bellwether::answer_detect {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kFullScaleDbm0 = 3.14;  // of a sine of full amplitude: ITU-T G.711

double amplitude(double dbm0) { return 32767 * std::pow(10, (dbm0 - kFullScaleDbm0) / 20); }

std::size_t samples_of(double seconds) {
    return static_cast<std::size_t>(std::lround(seconds * kSampleRate));
}

}  // namespace

Sound& Sound::tone(const std::vector<double>& hz, double seconds, double dbm0) {
    const std::size_t count = samples_of(seconds);
    for (std::size_t i = 0; i < count; ++i) {
        const double t = static_cast<double>(i) / kSampleRate;
        double sum = 0;
        for (const double line : hz) sum += std::sin(kTurn * line * t);
        samples_.push_back(amplitude(dbm0) * sum);
    }
    return *this;
}

Sound& Sound::silence(double seconds) {
    samples_.insert(samples_.end(), samples_of(seconds), 0.0);
    return *this;
}

Sound& Sound::vowel(double seconds, double dbm0) {
    const std::size_t count = samples_of(seconds);
    double turn = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const double share = static_cast<double>(i) / static_cast<double>(count);
        turn += (180 - 60 * share) / kSampleRate;
        double sum = 0;
        for (int harmonic = 1; harmonic <= 18; ++harmonic) {
            sum += std::sin(kTurn * turn * harmonic) / harmonic;
        }
        samples_.push_back(amplitude(dbm0) * sum);
    }
    return *this;
}

Sound& Sound::noise(double dbm0, std::uint64_t seed) {
    Rng rng(seed, "noise");
    // Of equal power: a sine's is half its amplitude's square, an even spread's a third.
    const double reach = amplitude(dbm0) * std::sqrt(1.5);
    for (double& sample : samples_) sample += reach * (2 * rng.uniform() - 1);
    return *this;
}

double Sound::seconds() const { return static_cast<double>(samples_.size()) / kSampleRate; }

std::vector<std::int16_t> Sound::pcm() const {
    const std::size_t frames = (samples_.size() + kFrameSamples - 1) / kFrameSamples;
    std::vector<std::int16_t> made(frames * kFrameSamples, 0);
    std::transform(samples_.begin(), samples_.end(), made.begin(), [](double sample) {
        return static_cast<std::int16_t>(std::lround(std::clamp(sample, -32767.0, 32767.0)));
    });
    return made;
}

Frame frame_of(const std::vector<std::int16_t>& pcm, std::size_t n) {
    return Frame{pcm.data() + n * kFrameSamples, kFrameSamples};
}

}  // namespace bellwether::answer_detect
