#pragma once

#include "dialer/app/commands/command_table.h"

namespace bellwether::app {

/// What the command comes to, asked for the organisation of --client if that was given.
[[nodiscard]] Result<Plan> plan_of(const Command& command, const Given& given);

}  // namespace bellwether::app
