#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

#include "base/result.h"

namespace bellwether::store {

/// A file's bytes, mapped read-only for as long as this lives. The file must not be cut meanwhile:
/// the files of lists are never written again once they have their name. Thread-safe.
class MappedFile {
public:
    /// Errors: NotFound; Unavailable: may not be read or mapped.
    [[nodiscard]] static Result<std::unique_ptr<MappedFile>> open(
        const std::filesystem::path& file);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    [[nodiscard]] std::span<const std::byte> bytes() const { return {begin_, size_}; }

private:
    MappedFile(const std::byte* begin, std::size_t size) : begin_{begin}, size_{size} {}

    const std::byte* begin_;  ///< null: an empty file
    std::size_t size_;
};

}  // namespace bellwether::store
