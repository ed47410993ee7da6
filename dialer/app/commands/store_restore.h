#pragma once

#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/run_command.h"
#include "dialer/app/files/config.h"

namespace bellwether::app {

/// `store restore FOLDER`: checks a backup and puts it in the place of the configuration's store,
/// then opens that once, so that its evidence log is checked against its last checkpoint. Refuses
/// while a service runs.
ExitCode store_restore(const Given& given, const Config& config, const OpenStore& open_store,
                       const Output& output);

}  // namespace bellwether::app
