#pragma once

#include <string>
#include <variant>

#include "base/result.h"
#include "dialer/store/records.h"
#include "dialer/store/store.h"
#include "simulator/world/replay.h"

// The journal as NDJSON (docs/guide/commands.md, `journal export`): one line per segment and entry.
// Events, actions and snapshots stand in it byte for byte as the store keeps them, so that a replay
// can compare them.

namespace bellwether::app {

/// @param personal  with keys pressed and answers.
[[nodiscard]] std::string journal_line(const store::JournalSegment& segment, bool personal);
[[nodiscard]] std::string journal_line(const store::JournalEntry& entry, bool personal);

/// The inverse, for a line without its end. Errors: InvalidInput.
[[nodiscard]] Result<std::variant<simulator::Segment, simulator::Entry>> read_journal_line(
    const std::string& line);

}  // namespace bellwether::app
