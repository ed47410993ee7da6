#pragma once

#include <map>

#include "base/rng.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "simulator/world/scenario.h"
#include "simulator/world/wire.h"

namespace bellwether::simulator {

/// Agents and their phones: they sign in, answer their phone, wrap up, take breaks, leave and come
/// back; their phones drop.
class SimAgents {
public:
    SimAgents(Wire& wire, const Scenario& scenario);

    void everybody_signs_in();
    void ring(const engine::RingAgent& action);
    /// @return false if the leg is not one of an agent.
    bool hang_up(CallId call);
    void state_changed(const engine::StoreAgentState& action);
    void everybody_leaves(CampaignId campaign);
    void somebody_loses_registration();
    void no_more() { closing_time_ = true; }  ///< nobody signs in again
    void crash();

private:
    struct Person {
        CampaignId campaign{};
        bool dials_by_hand = false;
        engine::AgentState state = engine::AgentState::SignedOut;
        std::uint64_t turn = 0;  ///< counts changes of state: a plan made in another state is void
    };
    struct Leg {
        AgentId agent{};
        bool up = false;
    };

    void plan(AgentId agent, double mean_s, engine::AgentOrder order);
    void signs_in_after(AgentId agent, Duration delay);
    void order(AgentId agent, engine::AgentOrder order);
    void after_wrap_up(AgentId agent);
    void drops_during_call(AgentId agent);
    void asks_for_lines(AgentId agent, std::uint64_t turn);
    [[nodiscard]] Duration seconds(double low, double high);

    Wire& wire_;
    const Scenario& scenario_;

    Rng habits_;
    Rng phones_;
    bool closing_time_ = false;
    std::map<AgentId, Person> people_;
    std::map<CallId, Leg> legs_;
};

}  // namespace bellwether::simulator
