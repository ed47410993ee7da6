#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "dialer/engine/codec.h"
#include "dialer/engine/engine.h"
#include "simulator/world/virtual_driver.h"

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

/// Replays a journal as it is read: each segment from its own snapshot through a fresh engine,
/// every action compared, byte for byte (promise R6). After the first difference nothing more is
/// replayed; faults of the journal itself are still found.
class Replayer {
public:
    /// Who wants to see the engine at work; each may be empty.
    struct Watch {
        std::function<void(const engine::EngineState&)>
            begins;  ///< a segment, as its engine stands
        std::function<void(const Step&)>
            step;  ///< each event that was replayed, and what it led to
    };

    Replayer() = default;
    explicit Replayer(Watch watch) : watch_{std::move(watch)} {}

    /// Errors: Corrupt: the snapshot cannot be read, or the number goes back.
    [[nodiscard]] Result<void> begin_segment(std::uint64_t first_seq, std::string_view snapshot,
                                             std::string_view snapshot_personal);
    /// Errors, each naming the key: InvalidInput: no segment began yet. Corrupt: the event cannot
    /// be read; the number is not the next; a time goes back (utc may where the event is
    /// CLOCK_STEPPED, and by as little as clocks are slewed).
    [[nodiscard]] Result<void> take(const Entry& entry);

    [[nodiscard]] const ReplayReport& report() const { return report_; }
    /// The engine as it stands; checked: a segment began.
    [[nodiscard]] const engine::EngineState& state() const;

private:
    [[nodiscard]] Result<void> check_order(const Entry& entry, const engine::Event& event);
    void compare(const Entry& entry, const engine::Event& event);

    Watch watch_;
    ReplayReport report_;
    std::optional<engine::Engine> engine_;
    std::uint64_t next_seq_ = 0;  ///< 0: not known
    std::optional<Now> last_;     ///< in this segment
    std::vector<engine::Action> actions_;
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
