#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace bellwether::app {

/// A whole file. Errors: NotFound; InvalidInput if it is no regular file or larger than
/// `bytes_max`; Unavailable if it may not be read. The text names the file.
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& file,
                                            std::size_t bytes_max);

}  // namespace bellwether::app
