#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

// Small files that must be whole or absent after a crash: keys, checkpoints, tiles.

namespace bellwether::store {

/// Writes beside, syncs, renames over. Makes the folders above. Errors: Exhausted, Unavailable.
/// @param mode  permissions of the new file, as 0600.
[[nodiscard]] Result<void> write_file_whole(const std::filesystem::path& path,
                                            std::string_view bytes, unsigned mode);
/// As write_file_whole, but leaves the sync to the system: for files that can be made again.
[[nodiscard]] Result<void> write_file_lazily(const std::filesystem::path& path,
                                             std::string_view bytes);
/// Adds at the end, and syncs. Makes the file and the folders above.
[[nodiscard]] Result<void> append_to_file(const std::filesystem::path& path,
                                          std::string_view bytes);
/// Errors: NotFound, Unavailable.
[[nodiscard]] Result<std::string> read_whole_file(const std::filesystem::path& path);

}  // namespace bellwether::store
