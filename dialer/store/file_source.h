#pragma once

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "campaigns/csv.h"

namespace bellwether::store {

/// A file as a source of bytes, which also computes its SHA-256 on the way.
class FileSource final : public campaigns::ByteSource {
public:
    /// Errors: NotFound; InvalidInput: a folder; Unavailable: may not be read. The text names the
    /// file.
    [[nodiscard]] static Result<std::unique_ptr<FileSource>> open(
        const std::filesystem::path& file);
    ~FileSource() override;

    /// Errors: Unavailable: the disk reports an error.
    [[nodiscard]] Result<std::span<const char>> next_chunk() override;

    /// Of all bytes read, in hex. To be called once, after the end.
    [[nodiscard]] std::string hash();

private:
    struct Digest;

    FileSource(std::ifstream file, std::string name);

    std::ifstream file_;
    const std::string name_;
    std::unique_ptr<Digest> digest_;
    std::array<char, 64 * 1024> buffer_;  ///< a few hundred rows
};

}  // namespace bellwether::store
