#pragma once

#include <iosfwd>

#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/run_command.h"

namespace bellwether::app {

// `bellwether compliance …` on policy packs. Neither needs the service or the store.

/// Decides the case, or the array of cases, that stands in `in` (policy_case.h). A malformed case
/// is named on stderr, exit code 3, and then nothing is printed.
[[nodiscard]] ExitCode compliance_decide(std::istream& in, const Given& given,
                                         const Output& output);

/// Lists the packs, or the differences between two of them: shipped names or files.
[[nodiscard]] ExitCode compliance_packs(const Given& given, const Output& output);

}  // namespace bellwether::app
