#pragma once

#include <vector>

#include "dialer/app/commands/command_table.h"

// The part of the noun dnc that is about lists which registries keep.

namespace bellwether::app {

/// What `dnc import` takes beside its own where a format is given.
[[nodiscard]] std::vector<Argument> number_list_options();
/// `dnc import FILE --format …`. Errors: InvalidInput: an option is missing or unknown.
[[nodiscard]] Result<Plan> plan_number_list_import(const Given& given);
/// `dnc lists`
[[nodiscard]] Command number_lists_command();

}  // namespace bellwether::app
