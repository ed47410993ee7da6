#pragma once

#include <optional>
#include <span>

#include "pacing/agent_table.h"
#include "pacing/call_table.h"
#include "pacing/demand.h"
#include "pacing/pacer_state.h"
#include "pacing/picture.h"

namespace bellwether::pacing {

/// What a look at the calls and agents under way foresees.
struct Foreseen {
    double expected_free = 0;     ///< busy agents free at the end of the grid, 29 s from now
    double expected_answers = 0;  ///< people with a verdict by then, of the calls in flight
    double expected_misses = 0;   ///< of those, who find no agent
    double surplus = 0;           ///< people past the agents there are, at two standard deviations
    double surplus_worst = 0;     ///< at four: the forecast has thicker tails than a normal
};

/// The forecast: tables made from the beliefs of a state, and the demand for agents that follows
/// from them. Kept from decision to decision for its memory; it knows nothing that the state does
/// not.
class LookAhead {
public:
    /// Makes anew what is older than the beliefs. Checked: the state has beliefs. Must come before
    /// all else, after every change of the beliefs.
    void follow(const PacerState& state);

    /// Fills the demand with all that goes on. O(agents + calls), times agents in the exact form.
    Foreseen look(const PacerState& state, const Picture& picture);

    /// q: chance that no agent is left, at each moment.
    [[nodiscard]] GridRow none_left() const { return demand_.none_left(relative_error_); }

    /// Q: the chance that a person who answers a new call, or one whom he displaces, finds no
    /// agent.
    [[nodiscard]] double chance_for_new_call() const;

    /// One more call is started now, to this contact.
    void add_new_call(const PacerState& state, const AnswerKey& key);

    /// Chances that a person picks up this call, and the verdict is there, at each moment.
    [[nodiscard]] GridRow chances(const PacerState& state, const RingingCall& call) const;

    [[nodiscard]] const CallTable& calls() const { return *calls_; }

private:
    void add_agents(const AgentBelief& belief, const Picture& picture, Foreseen& foreseen);
    void add_calls(const CallBelief& belief, const Picture& picture, Foreseen& foreseen);

    std::optional<Instant> calls_at_;
    std::optional<Instant> agents_at_;
    std::optional<CallTable> calls_;
    std::optional<AgentTable> agents_;
    double relative_error_ = 0;  // of the belief's answer rate
    Demand demand_;
};

}  // namespace bellwether::pacing
