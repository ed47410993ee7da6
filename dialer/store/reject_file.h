#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bellwether::store {

struct Reject {
    std::uint64_t row = 0;
    std::uint64_t line = 0;
    std::string column;  ///< heading or number; empty: the whole row
    std::string reason;
    std::string_view original;
};

/// The CSV of rejected rows: row, line, column, reason, original.
class RejectFile {
public:
    /// @param path  empty: rejects go nowhere. Errors: Unavailable: cannot be made.
    [[nodiscard]] static Result<RejectFile> create(const std::filesystem::path& path);

    /// Errors: Exhausted: the disk is full.
    [[nodiscard]] Result<void> add(const Reject& reject);
    [[nodiscard]] Result<void> close();

private:
    explicit RejectFile(std::ofstream file) : file_{std::move(file)} {}
    [[nodiscard]] Result<void> write_row(std::span<const std::string_view> fields);

    std::ofstream file_;  ///< closed: rejects go nowhere
    std::string text_;    ///< one row, kept for its memory
};

}  // namespace bellwether::store
