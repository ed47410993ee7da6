#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.h"
#include "dialer/media/media_types.h"

namespace bellwether::media {

/// What a recording is called until it is whole: FILE.part. A file under its own name is complete,
/// one under this name was cut by a crash (recording_repair.h).
inline constexpr std::string_view kUnfinishedSuffix = ".part";

/// The SHA-256 of a file in lower-case hexadecimal. Fails with Unavailable, naming the file.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& file);

/// A sound file being written: 8 kHz, 16 bits. Record thread; not thread-safe.
class RecordingFile {
public:
    /// Creates FILE.part. Fails with Conflict if `file` is there (a recording is never written
    /// over), Unavailable if it cannot be written; both name it.
    [[nodiscard]] static Result<RecordingFile> create(const std::filesystem::path& file,
                                                      RecordingFormat format, int channels);

    RecordingFile(RecordingFile&&) noexcept;
    RecordingFile& operator=(RecordingFile&&) noexcept;
    ~RecordingFile();

    /// Appends frames of all channels side by side. False once the disk has refused: the rest is
    /// dropped.
    bool write(std::span<const std::int16_t> samples);
    /// Makes the header tell what is there, for whoever reads the file after a crash.
    void update_header();

    /// Completes the file and gives it its own name; returns its SHA-256. Fails with Unavailable or
    /// Exhausted if anything could not be written; what could then stays as FILE.part.
    [[nodiscard]] Result<std::string> close();

    [[nodiscard]] const std::filesystem::path& path() const;  ///< its own name

private:
    struct State;
    explicit RecordingFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace bellwether::media
