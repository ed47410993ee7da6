#pragma once

#include <map>

#include "base/rng.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "simulator/world/scenario.h"
#include "simulator/world/wire.h"

namespace bellwether::simulator {

/// What goes on beside the dialing: agents hold, hand on and write up their calls, supervisors
/// listen, those who are to take over answer or do not, and people call in. Much of it is asked for
/// at the wrong moment, as people do.
class SimFloor {
public:
    SimFloor(Wire& wire, const Scenario& scenario);

    /// Plans the calls that come in over so much time.
    void expect_callers(Duration length);
    void state_changed(const engine::StoreAgentState& action);
    void ring(CallId call);    ///< somebody who is to take over, or to listen
    void answer(CallId call);  ///< the engine takes a call that came in
    void play(const engine::Play& action);
    void stop_playing(CallId call);
    /// @return false if the leg is none of these
    bool hang_up(CallId call);
    void no_more() { closing_time_ = true; }  ///< nobody calls in any more
    void crash() { legs_.clear(); }

private:
    struct Leg {
        bool up = false;
        std::uint64_t playback = 0;
    };

    void calls_in();
    void acts(AgentId agent);
    void writes_up(AgentId agent);
    void ends(CallId call);
    void presses_a_key(CallId call);
    [[nodiscard]] Duration seconds(double low, double high);

    Wire& wire_;
    const Scenario& scenario_;
    Rng habits_;
    bool closing_time_ = false;
    std::uint64_t calls_in_ = 0;
    std::map<CallId, Leg> legs_;
};

}  // namespace bellwether::simulator
