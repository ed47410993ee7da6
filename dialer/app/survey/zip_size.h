#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace bellwether::app {

/// What a zip archive says of itself in its directory.
struct ZipSize {
    std::uint64_t files = 0;
    std::uint64_t bytes = 0;  ///< of all files, unpacked
};

/// Reads the directory at an archive's end, nothing else: what its files hold is not looked at.
/// Fails with InvalidInput if there is none, if it is cut off, or if it is in Zip64 (for archives
/// over 4 GB). Pure; O(bytes).
/// Source: PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16.
[[nodiscard]] Result<ZipSize> zip_size(std::string_view archive);

}  // namespace bellwether::app
