#include "simulator/baselines/fixed_ratio.h"

#include <cmath>

#include "base/check.h"
#include "simulator/baselines/facts.h"

namespace bellwether::simulator {
namespace {

// A ratio like 1.15 is a little less in binary; 20 agents must still get 23 lines, not 22.
constexpr double kRounding = 1e-9;

}  // namespace

FixedRatio::FixedRatio(double ratio) : ratio_{ratio} { BW_CHECK(ratio >= 1.0); }

void FixedRatio::learn(const pacing::Happening&, Instant) {}

pacing::Verdict FixedRatio::decide(const pacing::Settings&, const pacing::Picture& picture) {
    const auto lines = static_cast<int>(std::floor(ratio_ * picture.idle + kRounding));
    return plain_verdict(picture, lines - picture.waiting - picture.in_flight());
}

}  // namespace bellwether::simulator
