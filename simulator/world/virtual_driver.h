#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "dialer/engine/engine.h"
#include "simulator/world/agenda.h"

namespace bellwether::simulator {

/// One event and the actions it led to.
struct Step {
    std::uint64_t seq = 0;  ///< counts the events of a run from 1
    Now now;
    const engine::Event& event;
    std::span<const engine::Action> actions;
};

/// Everything outside the engine. It carries out actions by putting what follows from them on the
/// driver's agenda; it must not deliver an event from within carry_out (checked).
class Outside {
public:
    virtual ~Outside() = default;
    virtual void carry_out(const Step& step) = 0;
};

/// Runs the engine in virtual time: jumps to whatever comes first, the agenda or the engine's own
/// deadline, hands it over and lets the outside act. At equal times the agenda comes first, and
/// within it what was put there first.
///
/// Both times are virtual: `elapsed` only goes forward, `utc` goes with it and can be set by
/// step_clock().
class VirtualDriver {
public:
    VirtualDriver(Now start, Outside& outside);

    // --- the process that runs the engine ---

    void start(engine::Engine engine);  ///< checked: none runs
    /// The process dies: the engine and all that it had under way are lost.
    void kill();
    [[nodiscard]] bool running() const { return engine_.has_value(); }
    [[nodiscard]] const engine::Engine& engine() const;  ///< checked: running

    // --- what happens ---

    /// Something that dies with the process (a commit under way, a call's next event).
    void after(Duration delay, Agenda::Happening what);
    /// Something that happens whatever the process does (an operator's plan).
    void after_for_good(Duration delay, Agenda::Happening what);
    /// Hands the event to the engine now; nobody hears it while no engine runs. Only from a
    /// happening.
    void deliver(const engine::Event& event);
    /// The host's clock is set; the engine is told.
    void step_clock(std::chrono::milliseconds by);

    // --- time ---

    /// Runs everything up to and including `end`, or until halt().
    void run_until(Instant end);
    void halt() { halted_ = true; }
    [[nodiscard]] bool halted() const { return halted_; }
    [[nodiscard]] Now now() const;
    [[nodiscard]] std::uint64_t events() const { return seq_; }

private:
    Outside& outside_;
    std::optional<engine::Engine> engine_;
    Agenda agenda_;
    Instant elapsed_;
    Instant started_;
    UtcTime utc_at_start_;  ///< moved by step_clock
    std::uint64_t seq_ = 0;
    bool handling_ = false;
    bool halted_ = false;
    std::vector<engine::Action> actions_;  ///< of the event at hand
};

}  // namespace bellwether::simulator
