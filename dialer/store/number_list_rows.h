#pragma once

#include <string>
#include <vector>

#include "dialer/store/number_list_records.h"
#include "dialer/store/sqlite.h"

// The register of lists in the store: its rows as records. All throw SqliteError.

namespace bellwether::store {

/// Every list with its version in force, by id.
[[nodiscard]] std::vector<NumberListRecord> read_number_lists(Database& database);
/// The newest first.
[[nodiscard]] std::vector<NumberListVersion> read_number_list_versions(Database& database,
                                                                       NumberListId list);
/// Names of the files of every version.
[[nodiscard]] std::vector<std::string> read_number_files(Database& database);

/// Ends the version in force and writes the next one, and the list itself if it is new. Fills the
/// ids of `record` and of its version.
void write_number_list_version(Database& database, NumberListRecord& record);

}  // namespace bellwether::store
