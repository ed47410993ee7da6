#pragma once

#include "base/result.h"
#include "dialer/store/sqlite.h"

namespace bellwether::store {

/// Brings the file to this program's schema, one version per transaction.
/// Errors: Conflict: a newer program wrote it. Corrupt: a SQLite file that is no store of
/// Bellwether. Throws SqliteError.
[[nodiscard]] Result<void> migrate(Database& database);

/// The schema that this program writes.
[[nodiscard]] int newest_schema();

}  // namespace bellwether::store
