#pragma once

#include <filesystem>

#include "base/result.h"

namespace bellwether::api {

/// Makes a listening Unix stream socket with mode 0600, non-blocking and close-on-exec, and returns
/// its descriptor, which the caller owns. A folder that is not there is made with mode 0700. A dead
/// socket (nobody listens) is replaced. Errors: Conflict, Unavailable; the text names the path.
[[nodiscard]] Result<int> listen_on(const std::filesystem::path& socket);

/// Connects and says whether somebody took it.
[[nodiscard]] bool answers(const std::filesystem::path& socket);

}  // namespace bellwether::api
