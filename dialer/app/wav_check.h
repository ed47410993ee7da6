#pragma once

#include <filesystem>

#include "base/result.h"

namespace bellwether::app {

/// Is this file there, readable and a WAV? Looks at the first bytes only: that it can be decoded is
/// found out when the service loads it. NotFound, Unavailable, or InvalidInput with the mend.
[[nodiscard]] Result<void> check_wav(const std::filesystem::path& file);

}  // namespace bellwether::app
