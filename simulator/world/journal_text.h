#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "simulator/world/replay.h"

// The text of `journal export`: one JSON object a line. A segment begins with
//   {"segment":1,"snapshot":{…},"personal":[…]}
// where the number is that of its first event, and goes on with its events:
//   {"seq":1,"elapsed_us":…,"utc_ms":…,"event":{…},"personal":[…],"actions":[{…},…],
//    "actions_personal":[[…],…]}
// The personal keys are left out where there is nothing personal, or nothing any more. The objects
// of the engine stand as they were journalled, byte for byte.

namespace bellwether::simulator {

[[nodiscard]] std::string segment_line(
    const Segment& segment);                               ///< without its entries; ends in \n
[[nodiscard]] std::string entry_line(const Entry& entry);  ///< ends in \n

/// The whole journal as one text.
[[nodiscard]] std::string to_text(const std::vector<Segment>& segments);

/// Reads it back. Empty lines are allowed. Errors: Corrupt or InvalidInput, naming the line and the
/// key: text that is no journal, an event before the first segment, sequence numbers or times that
/// go back, an event or snapshot that the engine cannot read, a journal without a segment.
[[nodiscard]] Result<std::vector<Segment>> read_journal(std::string_view text);

}  // namespace bellwether::simulator
