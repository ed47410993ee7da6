#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace bellwether::carrier {

/// Writes a short text so that a reader sees all of it or no file: beside it first, then renamed.
/// An empty path does nothing. Fails with Unavailable, naming the file.
[[nodiscard]] Result<void> write_small_file(const std::filesystem::path& file,
                                            std::string_view text);

}  // namespace bellwether::carrier
