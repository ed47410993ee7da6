#include "simulator/world/sim_agents.h"

#include <utility>

namespace bellwether::simulator {
namespace {

using engine::AgentOrder;
using engine::AgentState;
using namespace std::chrono_literals;

constexpr int kRequestTerminated = 487;  // RFC 3261 21.4.25
constexpr double kComesBackMeanS = 300;

}  // namespace

SimAgents::SimAgents(Wire& wire, const Scenario& scenario)
    : wire_{wire},
      scenario_{scenario},
      habits_{scenario.seed, "agent habits"},
      phones_{scenario.seed, "agent phones"} {
    std::uint64_t id = 0;
    for (const CampaignPlan& plan : scenario.campaigns) {
        for (int i = 0; i < plan.agents; ++i) {
            people_[AgentId{++id}] = {.campaign = plan.spec.id,
                                      .dials_by_hand = plan.spec.mode == pacing::DialMode::Manual ||
                                                       plan.spec.mode == pacing::DialMode::Preview};
        }
    }
}

Duration SimAgents::seconds(double low, double high) {
    return Duration{static_cast<std::int64_t>(habits_.uniform(low, high) * 1e6)};
}

void SimAgents::everybody_signs_in() {
    for (const auto& [id, person] : people_) signs_in_after(id, seconds(0.5, 30));
}

void SimAgents::signs_in_after(AgentId agent, Duration delay) {
    wire_.after(delay, [this, agent] {
        const Person& person = people_.at(agent);
        if (closing_time_ || person.state != AgentState::SignedOut) return;
        const bool ready = !habits_.happens(Probability{0.1});
        wire_.tell(engine::AgentSignedIn{RequestId{1}, agent, person.campaign, ready});
    });
}

void SimAgents::order(AgentId agent, AgentOrder order) {
    wire_.tell(engine::AgentOrdered{RequestId{2}, agent, order});
}

/// Gives the order after a while, if nothing has changed until then.
void SimAgents::plan(AgentId agent, double mean_s, AgentOrder order_then) {
    const std::uint64_t turn = people_.at(agent).turn;
    const Duration delay{static_cast<std::int64_t>(habits_.exponential(mean_s) * 1e6)};
    wire_.after(delay, [this, agent, turn, order_then] {
        if (people_.at(agent).turn == turn) order(agent, order_then);
    });
}

void SimAgents::state_changed(const engine::StoreAgentState& action) {
    Person& person = people_.at(action.agent);
    person.state = action.state;
    ++person.turn;
    switch (action.state) {
        case AgentState::SignedOut: {
            const double back = habits_.exponential(kComesBackMeanS);
            return signs_in_after(action.agent, Duration{static_cast<std::int64_t>(back * 1e6)});
        }
        case AgentState::CallingPhone:
            if (habits_.happens(Probability{0.02})) plan(action.agent, 3, AgentOrder::Kick);
            return;
        case AgentState::Paused:
            return plan(action.agent, scenario_.agents.break_mean_s, AgentOrder::Ready);
        case AgentState::Ready:
            if (person.dials_by_hand) asks_for_lines(action.agent, person.turn);
            return;
        case AgentState::OnCall:
            return drops_during_call(action.agent);
        case AgentState::WrapUp:
            return after_wrap_up(action.agent);
    }
}

void SimAgents::after_wrap_up(AgentId agent) {
    const AgentHabits& habits = scenario_.agents;
    AgentOrder then = AgentOrder::WrapUp;
    if (habits_.happens(Probability{habits.break_chance})) {
        then = AgentOrder::Pause;
    } else if (habits_.happens(Probability{habits.signs_out})) {
        then = habits_.happens(Probability{0.5}) ? AgentOrder::SignOut : AgentOrder::Leave;
    }
    plan(agent, habits.wrap_mean_s, then);
}

void SimAgents::asks_for_lines(AgentId agent, std::uint64_t turn) {
    wire_.after(seconds(1, 10), [this, agent, turn] {
        if (people_.at(agent).turn != turn) return;
        asks_for_lines(agent, turn);
        const bool skips = habits_.happens(Probability{0.2});
        order(agent, skips ? AgentOrder::Skip : AgentOrder::DialNext);
    });
}

void SimAgents::drops_during_call(AgentId agent) {
    // What an agent asks for during a call waits for its end; some of it is asked for here.
    if (habits_.happens(Probability{0.05})) plan(agent, 10, AgentOrder::SignOut);
    if (habits_.happens(Probability{0.05})) plan(agent, 10, AgentOrder::Pause);
    if (habits_.happens(Probability{0.05})) plan(agent, 10, AgentOrder::Leave);
    if (habits_.happens(Probability{0.01})) plan(agent, 10, AgentOrder::Kick);
    const bool drops = phones_.happens(scenario_.faults.phone_drops);
    const bool silent = phones_.happens(scenario_.faults.phone_silent);
    if (!drops && !silent) return;
    for (const auto& [call, leg] : legs_) {
        if (leg.agent != agent || !leg.up) continue;
        const Duration delay{static_cast<std::int64_t>(phones_.uniform(0.1, 30) * 1e6)};
        return wire_.after(delay, [this, id = call, silent] {
            if (!legs_.contains(id)) return;
            if (silent) return wire_.tell(engine::CallSilent{id});
            legs_.erase(id);
            wire_.tell(engine::CallEnded{id, engine::EndedBy::Peer});
        });
    }
}

void SimAgents::ring(const engine::RingAgent& action) {
    legs_[action.call] = {.agent = action.agent};
    const CallId call = action.call;
    if (!phones_.happens(Probability{scenario_.agents.answers_phone})) {
        if (phones_.happens(Probability{0.5})) return;  // rings in an empty room
        return wire_.after(200ms, [this, call] {
            if (legs_.erase(call) == 0) return;
            wire_.tell(engine::CallFailed{call, {.kind = campaigns::FailureKind::NotRegistered}});
        });
    }
    wire_.after(100ms, [this, call] {
        if (legs_.contains(call)) wire_.tell(engine::CallRinging{call});
    });
    const Duration picks_up{static_cast<std::int64_t>(phones_.uniform(0.5, 4.0) * 1e6)};
    wire_.after(picks_up, [this, call] {
        const auto found = legs_.find(call);
        if (found == legs_.end()) return;
        found->second.up = true;
        wire_.tell(engine::CallAnswered{call});
    });
}

bool SimAgents::hang_up(CallId call) {
    const auto found = legs_.find(call);
    if (found == legs_.end()) return false;
    const bool was_up = found->second.up;
    legs_.erase(found);
    if (phones_.happens(scenario_.faults.lost_bye)) return true;
    wire_.after(50ms, [this, call, was_up] {
        if (was_up) return wire_.tell(engine::CallEnded{call, engine::EndedBy::Us});
        wire_.tell(engine::CallFailed{call, {.sip_status = kRequestTerminated}});
    });
    return true;
}

void SimAgents::everybody_leaves(CampaignId campaign) {
    for (const auto& [id, person] : people_) {
        if (person.campaign != campaign || person.state == AgentState::SignedOut) continue;
        const bool rudely = habits_.happens(Probability{0.3});
        order(id, rudely ? AgentOrder::Kick : AgentOrder::SignOut);
    }
}

void SimAgents::somebody_loses_registration() {
    if (people_.empty()) return;
    auto chosen = people_.begin();
    std::advance(chosen, habits_.below(people_.size()));
    wire_.tell(engine::AgentPhoneLost{chosen->first});
}

void SimAgents::crash() {
    legs_.clear();
    for (auto& [id, person] : people_) {
        person.state = AgentState::SignedOut;
        ++person.turn;
    }
}

}  // namespace bellwether::simulator
