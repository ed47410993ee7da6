#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace bellwether::media {

/// A recording as the store knows it.
struct KeptRecording {
    std::filesystem::path file;
    std::chrono::seconds made{};  ///< UTC, seconds since 1970: when the call ended
    bool on_hold = false;         ///< kept for a dispute or by order, whatever its age
};

/// How long recordings are kept.
struct RetentionRule {
    /// Zero and less: for ever.
    std::chrono::hours keep_for{0};
};

/// The recordings whose time is over, oldest first. Pure. One whose time lies ahead of `now` (a
/// clock that was wrong) is kept.
[[nodiscard]] std::vector<KeptRecording> expired(const std::vector<KeptRecording>& recordings,
                                                 const RetentionRule& rule,
                                                 std::chrono::seconds now);

/// What became of one recording.
struct Deletion {
    enum class Outcome {
        Deleted,
        WasGone,  ///< somebody else had deleted it: as good
        Kept,     ///< it could not be deleted; `detail` says why
    };
    std::filesystem::path file;
    Outcome outcome = Outcome::Kept;
    std::uintmax_t bytes = 0;  ///< freed
    std::string detail;
};

/// Deletes recordings, each a file below `folder`; any other path is kept and told, so that a row
/// of a table cannot delete what is no recording. The caller notes the result where it keeps its
/// records. For a thread that may wait for the disk; cannot fail as a whole.
[[nodiscard]] std::vector<Deletion> delete_recordings(const std::filesystem::path& folder,
                                                      const std::vector<KeptRecording>& recordings);

}  // namespace bellwether::media
