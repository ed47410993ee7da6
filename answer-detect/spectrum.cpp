#include "answer-detect/spectrum.h"

#include <algorithm>

#include "base/maths.h"

namespace bellwether::answer_detect {
namespace {

// A real transform of 256 points is a complex one of 128: even samples are the real parts, odd
// ones the imaginary parts (Press et al., Numerical Recipes, 12.3).
constexpr std::size_t kPoints = kWindowSamples / 2;

struct Complex {
    std::array<float, kPoints> re;
    std::array<float, kPoints> im;
};

struct Tables {
    std::array<float, kWindowSamples> hann{};
    std::array<float, kWindowSamples> cos{};  // of k / 256 turns
    std::array<float, kWindowSamples> sin{};

    Tables() {
        // The window's own power, and both sides of the spectrum, are divided out here once.
        double power = 0;
        for (std::size_t k = 0; k < kWindowSamples; ++k) {
            const double turn = static_cast<double>(k) / kWindowSamples;
            const double weight = 0.5 - 0.5 * maths::cos_of_turns(turn);
            hann[k] = static_cast<float>(weight);
            power += weight * weight;
            cos[k] = static_cast<float>(maths::cos_of_turns(turn));
            sin[k] = static_cast<float>(maths::cos_of_turns(turn - 0.25));
        }
        scale = static_cast<float>(2.0 / (power * kWindowSamples));
    }

    float scale = 1;
};

const Tables& tables() {
    static const Tables made;
    return made;
}

// One pass of Stockham's transform: `groups` butterflies, each over `stride` neighbours.
template <std::size_t groups, std::size_t stride>
void pass(const Tables& table, const Complex& from, Complex& to) {
    constexpr std::size_t turn = kWindowSamples / (2 * groups);
    for (std::size_t p = 0; p < groups; ++p) {
        const float wr = table.cos[p * turn];
        const float wi = -table.sin[p * turn];
        const std::size_t a = stride * p;
        const std::size_t b = stride * (p + groups);
        const std::size_t sum = stride * 2 * p;
        const std::size_t rest = sum + stride;
        for (std::size_t q = 0; q < stride; ++q) {
            const float dr = from.re[a + q] - from.re[b + q];
            const float di = from.im[a + q] - from.im[b + q];
            to.re[sum + q] = from.re[a + q] + from.re[b + q];
            to.im[sum + q] = from.im[a + q] + from.im[b + q];
            to.re[rest + q] = dr * wr - di * wi;
            to.im[rest + q] = dr * wi + di * wr;
        }
    }
}

// In `x`, by way of `y`: seven passes, so that the result stands in `y`.
void transform(const Tables& table, Complex& x, Complex& y) {
    pass<64, 1>(table, x, y);
    pass<32, 2>(table, y, x);
    pass<16, 4>(table, x, y);
    pass<8, 8>(table, y, x);
    pass<4, 16>(table, x, y);
    pass<2, 32>(table, y, x);
    pass<1, 64>(table, x, y);
}

}  // namespace

void power_spectrum(std::span<const float, kWindowSamples> samples, Power& power) {
    const Tables& table = tables();
    Complex x;
    Complex z;
    for (std::size_t k = 0; k < kPoints; ++k) {
        x.re[k] = samples[2 * k] * table.hann[2 * k];
        x.im[k] = samples[2 * k + 1] * table.hann[2 * k + 1];
    }
    transform(table, x, z);

    const float lowest = z.re[0] + z.im[0];
    const float highest = z.re[0] - z.im[0];
    power[0] = 0.5F * table.scale * lowest * lowest;
    power[kPoints] = 0.5F * table.scale * highest * highest;
    for (std::size_t k = 1; k < kPoints; ++k) {
        const std::size_t j = kPoints - k;
        const float even_re = 0.5F * (z.re[k] + z.re[j]);
        const float even_im = 0.5F * (z.im[k] - z.im[j]);
        const float odd_re = 0.5F * (z.im[k] + z.im[j]);
        const float odd_im = -0.5F * (z.re[k] - z.re[j]);
        const float re = even_re + table.cos[k] * odd_re + table.sin[k] * odd_im;
        const float im = even_im + table.cos[k] * odd_im - table.sin[k] * odd_re;
        power[k] = table.scale * (re * re + im * im);
    }
}

const std::array<Power, kHopsPerFrame>& Spectrum::push(Frame frame) {
    std::copy(samples_.end() - kKept, samples_.end(), samples_.begin());
    for (std::size_t i = 0; i < kFrameSamples; ++i) {
        samples_[kKept + i] = static_cast<float>(frame[i]) * (1.0F / 32768);
    }
    for (std::size_t hop = 0; hop < kHopsPerFrame; ++hop) {
        const std::span<const float> all{samples_};
        power_spectrum(all.subspan(hop * kHopSamples).first<kWindowSamples>(), powers_[hop]);
    }
    return powers_;
}

std::span<const float, kWindowSamples> Spectrum::window() const {
    return std::span<const float>{samples_}.last<kWindowSamples>();
}

float dbm0(float mean_square) {
    constexpr double kDbPerNeper = 4.342944819032518;  // 10 / ln 10
    constexpr float kLowest = -96;
    if (mean_square <= 1e-11F) return kLowest;
    const double db = kDbPerNeper * maths::log(static_cast<double>(mean_square));
    return std::max(kLowest, static_cast<float>(db) + kFullScaleDbm0);
}

}  // namespace bellwether::answer_detect
