#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

// Just enough of POSIX ustar (IEEE Std 1003.1, pax, "ustar Interchange Format") for a bundle of
// plain files in one folder.

namespace bellwether::compliance::evidence {

/// The 512 bytes before a file's own. Checked: a name of 1 to 100 bytes, fewer than 2^33 bytes.
[[nodiscard]] std::string tar_header(std::string_view name, std::uint64_t bytes);
/// What follows a file's bytes up to the next block.
[[nodiscard]] std::string tar_padding(std::uint64_t bytes);
/// What ends the archive.
[[nodiscard]] std::string tar_end();

/// The plain files of an archive by name, without folders before it. They point into `archive`.
/// Errors: Corrupt: it is no archive, it is cut off, or it has no file.
[[nodiscard]] Result<std::map<std::string, std::string_view>> tar_files(std::string_view archive);

}  // namespace bellwether::compliance::evidence
