#pragma once

#include <filesystem>

#include "base/result.h"

namespace bellwether::app {

/// Is this file there, readable, and a WAV that the calls can play? Decodes it whole. NotFound,
/// Unavailable, or InvalidInput with the mend.
[[nodiscard]] Result<void> check_wav(const std::filesystem::path& file);

}  // namespace bellwether::app
