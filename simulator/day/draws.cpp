#include "simulator/day/draws.h"

#include <cmath>

#include "base/check.h"
#include "base/fnv1a.h"
#include "base/maths.h"

namespace bellwether::simulator {
namespace {

constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15U;  // 2^64 divided by the golden ratio, odd

std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

}  // namespace

// Mixed twice: neighbours in seed and contact must not be neighbours on one sequence.
Draws::Draws(std::uint64_t seed, std::string_view purpose, std::uint64_t contact)
    : state_{mix(mix(seed + kGolden) + fnv1a(purpose) + mix(contact + kGolden))} {}

double Draws::uniform() {
    state_ += kGolden;
    return static_cast<double>(mix(state_) >> 11U) * 0x1.0p-53;
}

double Draws::uniform(Range range) { return range.low + (range.high - range.low) * uniform(); }

double Draws::normal() {
    const double radius = std::sqrt(-2.0 * maths::log1p(-uniform()));
    return radius * maths::cos_of_turns(uniform());
}

double Draws::lognormal(Spread spread) {
    BW_CHECK(spread.mean > 0 && spread.sd >= 0);
    const double ratio = spread.sd / spread.mean;
    const double variance = maths::log1p(ratio * ratio);
    return maths::exp(maths::log(spread.mean) - variance / 2 + std::sqrt(variance) * normal());
}

}  // namespace bellwether::simulator
