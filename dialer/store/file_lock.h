#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace bellwether::store {

/// Holds a file as ours alone until destroyed, and says in it who holds it. The system frees it
/// when the process dies.
class FileLock {
public:
    /// Errors: Conflict, naming the holder. Unavailable: the file cannot be made.
    [[nodiscard]] static Result<FileLock> take(const std::filesystem::path& path,
                                               std::string_view owner);

    ~FileLock();
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;

private:
    explicit FileLock(int descriptor) : descriptor_{descriptor} {}

    int descriptor_;  ///< -1: moved from
};

}  // namespace bellwether::store
