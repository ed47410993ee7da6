#pragma once

#include <cstdint>
#include <vector>

#include "simulator/world/replay.h"
#include "simulator/world/trace_hash.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// Writes what a run did as journal text, as the live service does, and sums it up in one number.
class JournalRecorder {
public:
    struct Options {
        bool hash = false;                     ///< encode everything and hash it
        bool keep = false;                     ///< and keep it
        std::uint64_t events_per_segment = 0;  ///< a new segment after so many; 0: at starts only
    };

    explicit JournalRecorder(Options options) : options_{options} {}

    /// A process begins, or a long run is cut: the engine as it stands before event `first_seq`.
    void begin_segment(std::uint64_t first_seq, const engine::EngineState& state);
    /// @param state  after the event.
    void record(const Step& step, const engine::EngineState& state);

    [[nodiscard]] std::uint64_t hash() const { return options_.hash ? hash_.value() : 0; }
    [[nodiscard]] std::vector<Segment> take() { return std::move(segments_); }

private:
    Options options_;
    TraceHash hash_;
    std::uint64_t in_segment_ = 0;
    std::vector<Segment> segments_;
};

}  // namespace bellwether::simulator
