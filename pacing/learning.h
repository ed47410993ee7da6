#pragma once

#include "base/time.h"
#include "pacing/happening.h"
#include "pacing/pacer_state.h"
#include "pacing/picture.h"
#include "pacing/settings.h"

namespace bellwether::pacing {

/// Puts what has happened into the memories of `state`. O(agents) at worst, for an agent never
/// seen.
void learn_from(PacerState& state, const Happening& happening, Instant at);

/// Draws the beliefs anew when they are due: calls every 5 s, agents every 10 s, both when there
/// are none and calls when the ring limit has changed. What goes on now counts in them as not yet
/// ended.
void renew_beliefs(PacerState& state, const Settings& settings, const Picture& picture);

}  // namespace bellwether::pacing
