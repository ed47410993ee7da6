#pragma once

#include <iosfwd>
#include <string_view>

#include "base/result.h"
#include "dialer/app/commands/run_command.h"
#include "dialer/app/files/json_text.h"

namespace bellwether::app {

/// The figures of abandonment windows that somebody counted: `{"regime", "amd", "windows": […]}`
/// in,
/// `{"windows": […]}` out, decided on exact fractions (compliance/abandonment_figures.h). Fails
/// with InvalidInput, naming the window and the key.
[[nodiscard]] Result<Json> abandonment_of(std::string_view text);

/// `bellwether compliance abandonment`: abandonment_of() of all of `in`.
[[nodiscard]] ExitCode compliance_abandonment(std::istream& in, const Output& output);

}  // namespace bellwether::app
