#include "simulator/whatif/what_if_agents.h"

#include <string>

namespace bellwether::simulator {
namespace {

using engine::AgentOrder;
using engine::AgentState;
using What = AgentMoment::What;
using namespace std::chrono_literals;

}  // namespace

WhatIfAgents::WhatIfAgents(const Recording& recording, const Chances& chances, std::uint64_t seed,
                           VirtualDriver& driver)
    : recording_{recording}, chances_{chances}, seed_{seed}, driver_{driver} {}

void WhatIfAgents::begin() {
    for (const AgentMoment& moment : recording_.agents) {
        driver_.after(moment.at, [this, &moment] { act(moment); });
    }
}

void WhatIfAgents::act(const AgentMoment& moment) {
    switch (moment.what) {
        case What::HereReady:
            return comes(moment.agent, true);
        case What::HerePaused:
            return comes(moment.agent, false);
        case What::Pause:
            return order(moment.agent, AgentOrder::Pause);
        case What::SignOut:
            return order(moment.agent, AgentOrder::SignOut);
        case What::Leave:
            return order(moment.agent, AgentOrder::Leave);
        case What::Kick:
            return order(moment.agent, AgentOrder::Kick);
    }
}

void WhatIfAgents::comes(AgentId agent, bool ready) {
    Person& person = people_[agent];
    if (person.state == AgentState::SignedOut) {
        return driver_.deliver(
            engine::AgentSignedIn{.agent = agent, .campaign = recording_.campaign, .ready = ready});
    }
    // In a wrap-up that the recording did not have then: he is ready when it is over anyway.
    if (ready && person.state != AgentState::WrapUp) order(agent, AgentOrder::Ready);
}

void WhatIfAgents::order(AgentId agent, AgentOrder order) {
    if (people_[agent].state == AgentState::SignedOut) return;
    driver_.deliver(engine::AgentOrdered{.agent = agent, .order = order});
}

void WhatIfAgents::ring(const engine::RingAgent& action) {
    legs_.emplace(action.call, action.agent);
    driver_.after(0s, [this, leg = action.call] { driver_.deliver(engine::CallAnswered{leg}); });
}

bool WhatIfAgents::hang_up(CallId leg) {
    if (legs_.erase(leg) == 0) return false;
    driver_.after(0s, [this, leg] {
        driver_.deliver(engine::CallEnded{leg, engine::EndedBy::Us});
    });
    return true;
}

void WhatIfAgents::state_changed(const engine::StoreAgentState& action) {
    Person& person = people_[action.agent];
    person.state = action.state;
    ++person.turn;
    if (action.state == AgentState::WrapUp) wrap_up(action.agent);
}

void WhatIfAgents::wrap_up(AgentId agent) {
    Person& person = people_[agent];
    const auto own = recording_.wraps.find(agent);
    const std::size_t nth = person.wraps++;
    Duration wrap{};
    if (own != recording_.wraps.end() && nth < own->second.size()) {
        wrap = own->second[nth];
    } else {
        Draws draws{seed_, "what-if wrap " + std::to_string(value_of(agent)), nth};
        wrap = chances_.wrap(agent, draws);
    }
    driver_.after(wrap, [this, agent, turn = person.turn] {
        if (people_[agent].turn == turn) order(agent, AgentOrder::WrapUp);
    });
}

}  // namespace bellwether::simulator
