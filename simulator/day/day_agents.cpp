#include "simulator/day/day_agents.h"

#include <string>
#include <utility>

#include "base/check.h"
#include "simulator/day/fates.h"
#include "simulator/day/rates.h"

namespace bellwether::simulator {
namespace {

using engine::AgentOrder;
using engine::AgentState;
using namespace std::chrono_literals;

}  // namespace

DayAgents::DayAgents(const DayScenario& scenario, std::uint64_t seed, CampaignId campaign,
                     Instant begin, VirtualDriver& driver, DayClerk& clerk)
    : scenario_{scenario},
      seed_{seed},
      campaign_{campaign},
      begin_{begin},
      driver_{driver},
      clerk_{clerk} {}

DayAgents::Person& DayAgents::person(AgentId agent) {
    const auto found = people_.find(agent);
    if (found != people_.end()) return found->second;
    Rng stream{seed_, "agent " + std::to_string(value_of(agent))};
    return people_.emplace(agent, Person{std::move(stream)}).first->second;
}

void DayAgents::staff(int count) {
    wanted_ = count;
    const auto above = people_.upper_bound(AgentId{static_cast<std::uint64_t>(count)});
    for (auto next = above; next != people_.end(); ++next) {
        Person& leaver = next->second;
        if (leaver.state == AgentState::SignedOut || leaver.leaves) continue;
        leaver.leaves = true;
        driver_.after(0s, [this, agent = next->first] { order(agent, AgentOrder::Leave); });
    }
    for (int i = 1; i <= count; ++i) {
        const AgentId agent{static_cast<std::uint64_t>(i)};
        // One who is still on his way out comes back when he is out: see hang_up.
        if (person(agent).state == AgentState::SignedOut) signs_in(agent);
    }
}

void DayAgents::signs_in(AgentId agent) {
    driver_.after(0s, [this, agent] {
        const bool wanted = value_of(agent) <= static_cast<std::uint64_t>(wanted_);
        if (!wanted || person(agent).state != AgentState::SignedOut) return;
        driver_.deliver(
            engine::AgentSignedIn{.agent = agent, .campaign = campaign_, .ready = true});
    });
}

void DayAgents::ring(const engine::RingAgent& action) {
    legs_.emplace(action.call, action.agent);
    driver_.after(0s, [this, leg = action.call] { driver_.deliver(engine::CallAnswered{leg}); });
}

bool DayAgents::hang_up(CallId leg) {
    const auto found = legs_.find(leg);
    if (found == legs_.end()) return false;
    const AgentId agent = found->second;
    legs_.erase(found);
    driver_.after(0s, [this, leg] {
        driver_.deliver(engine::CallEnded{leg, engine::EndedBy::Us});
    });
    signs_in(agent);  // if he is wanted again
    return true;
}

void DayAgents::order(AgentId agent, AgentOrder order) {
    driver_.deliver(engine::AgentOrdered{.agent = agent, .order = order});
}

/// Wrap-up or break are over after a while, if nothing has changed until then.
void DayAgents::over_after(AgentId agent, Duration after) {
    driver_.after(after, [this, agent, turn = person(agent).turn] {
        const Person& who = person(agent);
        if (who.turn != turn) return;
        if (who.state == AgentState::Paused) return order(agent, AgentOrder::Ready);
        order(agent, who.breaks && !who.leaves ? AgentOrder::Pause : AgentOrder::WrapUp);
    });
}

Duration DayAgents::draw_wrap(Rng& draws) const {
    const DayScenario::Wrap& wrap = scenario_.wrap;
    if (wrap.mean_s <= 0) return 0s;
    const double drawn = wrap.shape == DayScenario::WrapShape::Exponential
                             ? draws.exponential(wrap.mean_s)
                             : draws.lognormal(wrap.mean_s, wrap.cv * wrap.mean_s);
    return from_seconds(drawn);
}

void DayAgents::bridge(CallId leg, Instant talk_ends) {
    Person& who = person(legs_.at(leg));
    who.wrap = draw_wrap(who.draws);
    const double chance = break_chance_at(scenario_, to_seconds(talk_ends - begin_));
    who.breaks = who.draws.happens(Probability{chance});
    who.free_at = talk_ends + who.wrap;
}

void DayAgents::state_changed(const engine::StoreAgentState& action) {
    Person& who = person(action.agent);
    who.state = action.state;
    ++who.turn;
    clerk_.agent_is(action.agent, action.state, driver_.now().elapsed);
    switch (action.state) {
        case AgentState::SignedOut:
            who.leaves = false;
            return;
        case AgentState::WrapUp:
            return over_after(action.agent, who.wrap);
        case AgentState::Paused:
            return over_after(action.agent, from_seconds(scenario_.agents.break_s));
        case AgentState::CallingPhone:
        case AgentState::Ready:
        case AgentState::OnCall:
            return;
    }
}

std::vector<double> DayAgents::free_in_s() const {
    const Instant now = driver_.now().elapsed;
    std::vector<double> free;
    for (const auto& [agent, who] : people_) {
        if (who.leaves) continue;
        if (who.state == AgentState::Ready) free.push_back(0);
        const bool busy = who.state == AgentState::OnCall || who.state == AgentState::WrapUp;
        if (busy && !who.breaks) free.push_back(to_seconds(who.free_at - now));
    }
    return free;
}

}  // namespace bellwether::simulator
