#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "dialer/store/store.h"

namespace bellwether::store {

/// One file of a backup, as its manifest has it.
struct BackupFile {
    std::string name;  ///< within the backup: "store.db", "evidence/checkpoint"
    std::uintmax_t bytes = 0;
    std::string sha256;
};

struct BackupReport {
    std::vector<BackupFile> files;
    std::uintmax_t bytes = 0;  ///< of all
    int schema = 0;
    std::uint64_t journal_seq = 0;  ///< the last entry within
    std::uint64_t evidence = 0;     ///< records of the evidence log within
};

/// Copies the store while it is in use, into a folder that is not there yet: the database as of one
/// moment (SQLite's backup), the evidence log's files with its keys, and the number lists. The
/// evidence's files are copied first, so that the database is never behind them. `manifest` lists
/// each file with size and SHA-256, and is written last: a backup without it is none. Recordings
/// are not part of it.
///
/// Holds one reading connection and keeps the write-ahead log from shrinking meanwhile; calls go
/// on. Errors: Conflict: the folder is there. Exhausted: disk full. Unavailable.
[[nodiscard]] Result<BackupReport> back_up(Store& store, const std::filesystem::path& folder);

/// Checks a backup: every file of the manifest by size and hash, the database for damage.
/// Errors: NotFound: no manifest. Corrupt: which file differs, or the database. Conflict: made by a
/// newer program.
[[nodiscard]] Result<BackupReport> check_backup(const std::filesystem::path& folder);

/// Puts a checked backup in the place of a store that is not there, or not in use: what stands
/// there is moved aside with `.before-restore` appended, never deleted.
/// @param store  the SQLite file; evidence and lists stand beside it.
/// @param replace  false: refuse if a store stands there.
/// Errors: as check_backup; Conflict: in use, or there and not to be replaced, or an older
/// `.before-restore` stands in the way.
[[nodiscard]] Result<BackupReport> restore_backup(const std::filesystem::path& folder,
                                                  const std::filesystem::path& store, bool replace);

}  // namespace bellwether::store
