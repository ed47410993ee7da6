#include "base/rng.h"

#include <cmath>

#include "base/check.h"
#include "base/fnv1a.h"
#include "base/maths.h"

namespace bellwether {
Rng::Rng(std::uint64_t seed, std::string_view purpose) : engine_{seed ^ fnv1a(purpose)} {}

double Rng::uniform() {
    return static_cast<double>(engine_() >> 11U) *
           0x1.0p-53;  // 53 random bits: every double step once
}

double Rng::uniform(double low, double high) {
    BW_CHECK(low <= high);
    return low + (high - low) * uniform();
}

std::uint64_t Rng::below(std::uint64_t bound) {
    BW_CHECK(bound > 0);
    const std::uint64_t reject_above = UINT64_MAX - UINT64_MAX % bound;  // keeps the draw unbiased
    std::uint64_t draw = engine_();
    while (draw >= reject_above) draw = engine_();
    return draw % bound;
}

bool Rng::happens(Probability chance) { return uniform() < chance.value(); }

double Rng::exponential(double mean) {
    BW_CHECK(mean > 0);
    return -mean * maths::log1p(-uniform());
}

double Rng::normal() {
    // Box-Muller, one of the pair: a second stored value would tie the stream to its call history.
    const double radius = std::sqrt(-2.0 * maths::log1p(-uniform()));
    return radius * maths::cos_of_turns(uniform());
}

double Rng::lognormal(double mean, double sd) {
    BW_CHECK(mean > 0 && sd >= 0);
    const double variance = maths::log1p((sd * sd) / (mean * mean));
    return maths::exp(maths::log(mean) - variance / 2 + std::sqrt(variance) * normal());
}

}  // namespace bellwether
