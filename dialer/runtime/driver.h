#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/time.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/engine.h"
#include "dialer/engine/events.h"

namespace bellwether::runtime {

/// One event that the engine has handled, and what it decided.
struct Handled {
    std::uint64_t seq;  ///< counts up by one without gaps
    Now now;
    const engine::Event& event;
    const std::vector<engine::Action>& actions;
};

/// What the driver needs of the outside. Called on the core thread alone, and once after its end
/// (Driver::stop); must not block for long.
class World {
public:
    virtual ~World() = default;

    /// A journal segment begins: `state` is the engine before event `first_seq`.
    virtual void open_segment(std::uint64_t first_seq, Now now,
                              const engine::EngineState& state) = 0;
    /// Journal the event, and write its store actions, as one atomic unit. Comes before perform().
    virtual void record(const Handled& handled) = 0;
    /// Carry out one action that is not the store's.
    virtual void perform(const engine::Action& action) = 0;
};

/// Runs the engine in real time on a thread of its own, the core thread: the live counterpart of
/// simulator/world's virtual driver.
///
/// It alone reads the clocks. `elapsed` counts from the driver's construction; when the host's
/// clock is set (utc moves against elapsed by more than kClockStep) the engine hears ClockStepped
/// first.
class Driver {
public:
    /// @param first_seq  of the journal's next entry.
    Driver(World& world, std::uint64_t first_seq);
    ~Driver();  ///< stop()
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;

    void start();
    /// Ends the core thread; what is queued is not handled any more. Opens a last segment, so that
    /// the journal ends with the engine as it stood. Safe to call twice.
    void stop();

    /// Queues an event. Any thread. False if kQueueMax are waiting: the event is dropped and
    /// counted.
    bool post(engine::Event event);
    /// Queues work for the core thread, in order with the events; likewise.
    bool post_task(std::function<void()> task);

    /// Hands the engine an event at once. Core thread only, from within a posted task, never from
    /// World.
    void handle(const engine::Event& event);
    /// Core thread only.
    [[nodiscard]] const engine::EngineState& state() const;
    /// Both times as of this moment. Any thread.
    [[nodiscard]] Now now() const;

    [[nodiscard]] std::uint64_t dropped() const { return dropped_.load(); }

    /// Far above what 1,000 calls/s leave waiting in a second; reached only if the core thread
    /// hangs.
    static constexpr std::size_t kQueueMax = 65'536;
    /// NTP slews by less than this between two events; more is a clock that was set.
    static constexpr std::chrono::milliseconds kClockStep{1000};
    /// Entries of one journal segment: a replay can start every few minutes of heavy traffic.
    static constexpr std::uint64_t kSegmentEntries = 20'000;
    /// At most so much of what was learnt is lost when the process is killed; some 20 kB each.
    static constexpr std::chrono::minutes kSegmentAge{5};

private:
    class Core;
    std::unique_ptr<Core> core_;
    std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace bellwether::runtime
