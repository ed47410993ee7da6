#pragma once

#include <cstdint>
#include <map>

#include "base/ids.h"
#include "base/time.h"
#include "dialer/engine/actions.h"
#include "simulator/whatif/chances.h"
#include "simulator/whatif/recording.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// The agents of a what-if: they come, pause and go when they did, and the n-th wrap-up of each
/// takes as long as his n-th that was recorded. Their phones answer at once.
class WhatIfAgents {
public:
    /// `recording`, `chances` and `driver` must outlive this.
    WhatIfAgents(const Recording& recording, const Chances& chances, std::uint64_t seed,
                 VirtualDriver& driver);

    /// Puts all that they did on the agenda; the recording begins now.
    void begin();
    void ring(const engine::RingAgent& action);
    /// @return false if the leg is not one of an agent.
    bool hang_up(CallId leg);
    void state_changed(const engine::StoreAgentState& action);

private:
    struct Person {
        engine::AgentState state = engine::AgentState::SignedOut;
        std::uint64_t turn = 0;  ///< counts changes of state
        std::size_t wraps = 0;   ///< so far
    };

    void act(const AgentMoment& moment);
    void comes(AgentId agent, bool ready);
    void order(AgentId agent, engine::AgentOrder order);
    void wrap_up(AgentId agent);

    const Recording& recording_;
    const Chances& chances_;
    std::uint64_t seed_;
    VirtualDriver& driver_;
    std::map<AgentId, Person> people_;
    std::map<CallId, AgentId> legs_;
};

}  // namespace bellwether::simulator
