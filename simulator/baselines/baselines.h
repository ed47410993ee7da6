#pragma once

#include <memory>

#include "pacing/rule.h"
#include "simulator/day/controller.h"
#include "simulator/day/day_scenario.h"
#include "simulator/day/outlook.h"

namespace bellwether::simulator {

/// The rule that stands in the product's place; null for the product's own modes, of which ratio is
/// one while it is guarded. `outlook` must outlive the rule; only Clairvoyant looks.
[[nodiscard]] std::unique_ptr<pacing::Rule> make_baseline(Controller controller,
                                                          const DayScenario& scenario,
                                                          Outlook& outlook);

}  // namespace bellwether::simulator
