#pragma once

#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/run_command.h"

namespace bellwether::app {

// `bellwether sim …`: the practice world, simulated days and replay. carrier and agents run until a
// signal or --duration, and must be called before other threads start.

[[nodiscard]] ExitCode sim_carrier(const Given& given, const Output& output);
[[nodiscard]] ExitCode sim_agents(const Given& given, const Output& output);
[[nodiscard]] ExitCode sim_run(const Given& given, const Output& output);
[[nodiscard]] ExitCode sim_compare(const Given& given, const Output& output);
[[nodiscard]] ExitCode sim_replay(const Given& given, const Config& config,
                                  const OpenStore& open_store, const Output& output);

}  // namespace bellwether::app
