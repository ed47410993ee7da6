#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "base/result.h"
#include "compliance/suppression/number_set_builder.h"

namespace bellwether::store {

/// A file that comes into being at once and whole: written beside its place, forced to the disk,
/// and given its name by keep(). Whoever does not keep it leaves nothing behind.
class DurableFile final : public compliance::suppression::ByteSink {
public:
    /// @param path  where keep() puts it; its folder must exist. While it grows it has ".tmp"
    /// appended. Errors: Unavailable: cannot be made.
    [[nodiscard]] static Result<DurableFile> create(const std::filesystem::path& path);
    ~DurableFile() override;
    DurableFile(DurableFile&& other) noexcept;
    DurableFile& operator=(DurableFile&&) = delete;

    /// Errors: Exhausted: the disk is full; Unavailable: it reports an error.
    [[nodiscard]] Result<void> write(std::span<const std::byte> bytes) override;
    /// Forces what was written to the disk. Nothing may be written after it.
    [[nodiscard]] Result<void> sync();
    /// Gives it its name, durably; needs sync() before it.
    [[nodiscard]] Result<void> keep();

    /// Where it is until keep().
    [[nodiscard]] const std::filesystem::path& temporary() const { return temporary_; }

private:
    DurableFile(int descriptor, std::filesystem::path path, std::filesystem::path temporary);

    int descriptor_;  ///< -1: closed
    std::filesystem::path path_;
    std::filesystem::path temporary_;  ///< empty: kept
};

}  // namespace bellwether::store
