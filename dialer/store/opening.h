#pragma once

#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Settings of the connection that writes: WAL, synchronous=FULL, foreign keys. Throws SqliteError.
void prepare_for_writing(Database& database);

/// How much of the file the connection keeps in memory. A shrink gives memory back at once. Throws
/// SqliteError.
void set_cache(Database& database, int mebibytes);

constexpr int kCacheMiB = 16;  ///< the claims' and outcomes' pages of an afternoon
/// The random index on numbers is what an import spends its time on (scale.md 2a): room for its
/// upper levels and a part of its leaves, and the whole import stays below 200 MB (import_bench).
constexpr int kImportCacheMiB = 96;

/// SQLite's own look for damage, for a few hundred milliseconds at the most: it finds a torn or
/// foreign file, not every flaw of a large one. Errors: Corrupt. Throws SqliteError.
[[nodiscard]] Result<void> check_for_damage(Database& database);

/// A new epoch begins, in one transaction: claims of older ones are given free, attempts they left
/// alive pass to us, an import they left open has failed. Throws SqliteError.
[[nodiscard]] Epoch begin_epoch(Database& database, const std::string& owner);

/// One past the last entry. Throws SqliteError.
[[nodiscard]] std::uint64_t next_journal_seq(Database& database);

}  // namespace bellwether::store
