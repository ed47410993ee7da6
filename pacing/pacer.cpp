#include "pacing/pacer.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace bellwether::pacing {
namespace {

// A ratio like 1.15 is a little less in binary; 20 agents must still get 23 lines, not 22.
constexpr double kRounding = 1e-9;

}  // namespace

class Pacer::Tables {};

Pacer::Pacer(PacerState& state) : state_{state}, tables_{std::make_unique<Tables>()} {}
Pacer::~Pacer() = default;

void Pacer::learn(const Happening&, Instant) {}

Verdict Pacer::decide(const Settings& settings, const Picture& picture) {
    BW_CHECK(settings.mode != DialMode::Ratio || settings.ratio >= 1.0);
    if (!state_.first_decision) state_.first_decision = picture.at;

    const double ratio = settings.mode == DialMode::Ratio ? settings.ratio : 1.0;
    const double lines = std::floor(ratio * picture.idle + kRounding);
    Verdict verdict;
    verdict.lines = std::max(0, static_cast<int>(lines) - picture.waiting - picture.in_flight());
    verdict.forecast.mode = settings.mode;
    verdict.forecast.agents = picture.agents();
    verdict.forecast.idle = picture.idle;
    verdict.forecast.in_flight = picture.in_flight();
    verdict.forecast.waiting = picture.waiting;
    return verdict;
}

}  // namespace bellwether::pacing
