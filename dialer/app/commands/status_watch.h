#pragma once

#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/run_command.h"
#include "dialer/app/files/config.h"

namespace bellwether::app {

/// `status --watch`: the running service as a wallboard, read anew about every second, until the
/// key q. Reads only. Where output is no terminal: plain text, a picture whenever it changed,
/// without end; with --json one status a line. Unreachable if no service runs at the start.
ExitCode watch_status(const Given& given, const Config& config, const Output& output);

}  // namespace bellwether::app
