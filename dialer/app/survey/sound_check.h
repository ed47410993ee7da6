#pragma once

#include <filesystem>

#include "base/result.h"

namespace bellwether::app {

/// Is this file there, readable, and a sound that the calls can play (WAV, FLAC, Ogg Opus)? Decodes
/// it whole. NotFound, Unavailable, or InvalidInput with the mend.
[[nodiscard]] Result<void> check_sound(const std::filesystem::path& file);
/// The same, and how many seconds it plays.
[[nodiscard]] Result<double> sound_seconds(const std::filesystem::path& file);

}  // namespace bellwether::app
