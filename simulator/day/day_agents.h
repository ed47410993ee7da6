#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/rng.h"
#include "base/time.h"
#include "dialer/engine/actions.h"
#include "simulator/day/day_scenario.h"
#include "simulator/day/tally.h"
#include "simulator/world/virtual_driver.h"

namespace bellwether::simulator {

/// The agents of one day and their phones, which are always there and answer at once: they wrap up,
/// take breaks, come and go as the scenario's changes say. Each has a random stream of his own.
class DayAgents {
public:
    /// `scenario`, `driver` and `clerk` must outlive this. The day begins at `begin`.
    DayAgents(const DayScenario& scenario, std::uint64_t seed, CampaignId campaign, Instant begin,
              VirtualDriver& driver, DayClerk& clerk);

    /// From now on agents 1..count work; those above leave, and those below come (back).
    void staff(int count);

    void ring(const engine::RingAgent& action);
    /// @return false if the leg is not one of an agent.
    bool hang_up(CallId leg);
    void bridge(CallId leg, Instant talk_ends);
    void state_changed(const engine::StoreAgentState& action);
    [[nodiscard]] bool all_gone() const { return legs_.empty(); }

    /// See Outlook.
    [[nodiscard]] std::vector<double> free_in_s() const;

private:
    struct Person {
        explicit Person(Rng stream) : draws{stream} {}

        Rng draws;
        engine::AgentState state = engine::AgentState::SignedOut;
        std::uint64_t turn = 0;  ///< counts changes of state: a plan made in another one is void
        bool leaves = false;
        Duration wrap{};      ///< after this call
        bool breaks = false;  ///< after this wrap-up
        Instant free_at;      ///< once bridged
    };

    [[nodiscard]] Person& person(AgentId agent);
    void signs_in(AgentId agent);
    void order(AgentId agent, engine::AgentOrder order);
    void over_after(AgentId agent, Duration after);
    [[nodiscard]] Duration draw_wrap(Rng& draws) const;

    const DayScenario& scenario_;
    std::uint64_t seed_;
    CampaignId campaign_;
    Instant begin_;
    VirtualDriver& driver_;
    DayClerk& clerk_;

    int wanted_ = 0;
    std::map<AgentId, Person> people_;
    std::map<CallId, AgentId> legs_;
};

}  // namespace bellwether::simulator
