#pragma once

#include "base/result.h"
#include "dialer/app/files/config.h"

namespace bellwether::app {

/// Sends log lines to stderr and, if named, to a file (appended): "time=… level=… event key=value".
/// Errors: Unavailable: the file cannot be opened. Call before other threads start.
[[nodiscard]] Result<void> set_up_logging(const LogSettings& settings);

}  // namespace bellwether::app
