#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace bellwether::media {

/// What the header of a WAV that was cut has to say instead.
struct WavMend {
    std::uint32_t riff_size = 0;  ///< at offset 4
    std::size_t data_size_at = 0;
    std::uint32_t data_size = 0;
    std::uint64_t file_size = 0;  ///< without the half frame at the end
    double seconds = 0.0;
};

/// Reads the head of a WAV of ours (PCM, the sound last) that may have been cut anywhere after it.
/// @param head  the first bytes, up to 4096
/// Fails with Corrupt: no WAV, or cut before its sound began.
[[nodiscard]] Result<WavMend> mend_wav(std::span<const std::byte> head, std::uint64_t file_size);

struct RepairedRecording {
    std::filesystem::path file;  ///< under its own name now
    double seconds = 0.0;        ///< 0 for FLAC: its header does not tell
    std::string sha256;          ///< lower-case hexadecimal
};

/// What a crash left in a folder.
struct RepairReport {
    std::vector<RepairedRecording> repaired;
    std::vector<Error> left;  ///< files that cannot be mended, each named, with the reason
};

/// Completes every recording under `folder` (and below it) that a crash cut: the header of a WAV is
/// written anew, and the file gets its own name. To be run before recording begins; a folder that
/// is not there has nothing to repair. Fails with Unavailable if the folder cannot be read.
[[nodiscard]] Result<RepairReport> repair_recordings(const std::filesystem::path& folder);

}  // namespace bellwether::media
