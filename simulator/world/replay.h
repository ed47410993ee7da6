#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "dialer/engine/codec.h"

namespace bellwether::simulator {

/// One event of a journal with the actions it led to, as text (dialer/engine/codec.h).
struct Entry {
    std::uint64_t seq = 0;
    Now now{};
    std::string event;
    std::string event_personal;  ///< empty: nothing personal, or erased
    std::vector<engine::Encoded> actions;
};

/// A stretch of a journal that begins with the engine as it stood.
struct Segment {
    std::uint64_t first_seq = 0;
    std::string snapshot;
    std::string snapshot_personal;
    std::vector<Entry> entries;
};

/// Where a replay left the record.
struct FirstDifference {
    std::size_t segment = 0;  ///< index of the segment, from 0
    std::uint64_t seq = 0;    ///< of the event; 0: the snapshot itself cannot be read
    std::string expected;     ///< the recorded action; empty: there was none
    std::string got;          ///< the action now, or why the event cannot be replayed; empty: none
};

struct ReplayReport {
    std::uint64_t segments = 0;
    std::uint64_t events = 0;   ///< replayed
    std::uint64_t actions = 0;  ///< compared
    bool identical = true;
    std::optional<FirstDifference> first_difference;
};

/// Runs each segment from its own snapshot through a fresh engine and compares every action, byte
/// for byte (promise R6). Stops at the first difference. Personal fields of actions are compared
/// where the record still holds them; an event whose own were erased may differ for that reason
/// alone. Cannot fail: text that cannot be read is a difference.
[[nodiscard]] ReplayReport replay(std::span<const Segment> segments);

/// `sim replay --json`: one object with the keys segments, events, actions, identical,
/// first_difference (null if none).
[[nodiscard]] std::string to_json(const ReplayReport& report);

}  // namespace bellwether::simulator
