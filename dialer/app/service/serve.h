#pragma once

#include "dialer/app/commands/run_command.h"
#include "dialer/app/files/config.h"

namespace bellwether::app {

/// `bellwether serve`: the service with its HTTP API, until SIGTERM or SIGINT (drain; the second
/// ends every call at once). Call it before other threads start: it blocks these signals in all of
/// them.
[[nodiscard]] ExitCode serve(const Config& config, const Output& output);

/// The store alone, for a command that found no service.
[[nodiscard]] Result<std::unique_ptr<Backend>> open_store_alone(const Config& config);

}  // namespace bellwether::app
