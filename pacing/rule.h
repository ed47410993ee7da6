#pragma once

#include "base/time.h"
#include "pacing/forecast.h"
#include "pacing/happening.h"
#include "pacing/picture.h"
#include "pacing/settings.h"

namespace bellwether::pacing {

/// A rule that decides how many lines a campaign with agents starts. The product has one, the
/// Pacer; the simulator puts others in its place to compare them. Virtual for that reason alone.
///
/// Single-threaded and deterministic: the same calls give the same verdicts. learn() and decide()
/// are called in the order of time; decide() at most every 250 ms, at least every second.
class Rule {
public:
    virtual ~Rule() = default;
    virtual void learn(const Happening& happening, Instant at) = 0;
    [[nodiscard]] virtual Verdict decide(const Settings& settings, const Picture& picture) = 0;
};

}  // namespace bellwether::pacing
