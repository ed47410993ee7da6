#pragma once

#include "dialer/app/commands/run_command.h"
#include "dialer/app/files/config.h"

namespace bellwether::app {

/// `bellwether doctor`: looks at this host and this configuration and says what would keep
/// Bellwether from working: ports, disk, files, sounds, clock, zones. Changes nothing.
/// ValidationFailed if a check failed; warnings alone are Done.
[[nodiscard]] ExitCode doctor(const Config& config, const OpenStore& open_store,
                              const Output& output);

}  // namespace bellwether::app
