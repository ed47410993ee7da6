#pragma once

#include <filesystem>
#include <optional>

#include "base/result.h"
#include "dialer/app/commands/run_command.h"
#include "dialer/app/files/config.h"
#include "simulator/world/replay.h"

namespace bellwether::app {

/// Where a journal is read from. None: the store or service of the configuration.
struct JournalSource {
    std::optional<std::filesystem::path>
        file;  ///< a store (.db), or the output of `journal export`
};

/// Does the file begin as SQLite's do?
[[nodiscard]] bool is_sqlite(const std::filesystem::path& file);

/// Replays a journal as it is read: memory holds one piece of it. Errors name the file, the line
/// (or the entry, of a store) and the key: InvalidInput: empty, of something else, or its numbers
/// or times go back; NotFound: no such file.
[[nodiscard]] Result<void> feed_journal(const JournalSource& source, const Config& config,
                                        const OpenStore& open_store, simulator::Replayer& replayer);

}  // namespace bellwether::app
