#include "pacing/fading.h"

#include <algorithm>
#include <chrono>

#include "base/check.h"
#include "base/maths.h"

namespace bellwether::pacing {
namespace {

constexpr double kSlopeMemoryS = 30;  // about as long as the exposures that it is used for
constexpr double kLn2 = 0.6931471805599453;
constexpr double kHalvingsMax = 15;  // in one step: the weight stays far from overflow

double elapsed_s(const Fading& fading, Instant at) {
    return std::max(0.0, std::chrono::duration<double>(at - fading.at).count());
}

}  // namespace

void fade_by_count(Fading& fading, double memory, Instant at) {
    BW_CHECK(memory > 1);
    const double growth = maths::log(memory / (memory - 1));
    const double kept = maths::exp(-elapsed_s(fading, at) / kSlopeMemoryS);
    fading.slope_per_s = fading.slope_per_s * kept + growth / kSlopeMemoryS;
    fading.weight *= memory / (memory - 1);
    fading.at = at;
}

void fade_by_time(Fading& fading, double half_life_s, Instant at) {
    const double halvings = std::min(elapsed_s(fading, at) / half_life_s, kHalvingsMax);
    fading.slope_per_s = kLn2 / half_life_s;
    fading.weight *= maths::exp(kLn2 * halvings);
    fading.at = at;
}

double weight_of_past(const Fading& fading, double age_s) {
    // 1 / (1 + x) for e^-x: the exposures are short against the memory, and nothing becomes
    // negative.
    return fading.weight / (1 + fading.slope_per_s * age_s);
}

}  // namespace bellwether::pacing
