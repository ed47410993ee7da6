#pragma once

#include <string>
#include <string_view>

#include "dialer/app/files/problem.h"
#include "simulator/day/day_scenario.h"

namespace bellwether::app {

/// Reads and checks a scenario for `sim run` (docs/guide/simulator.md). Every problem is reported,
/// not only the first: an unknown key, a value out of its range, changes that are not in order of
/// time, rings that would hardly ever end before the ring limit.
/// @param name  of the file, for problems.
[[nodiscard]] Checked<simulator::DayScenario> parse_scenario(std::string_view text,
                                                             const std::string& name);

}  // namespace bellwether::app
