#pragma once

#include <optional>

#include "base/time.h"
#include "pacing/absence.h"
#include "pacing/answer_rates.h"
#include "pacing/belief.h"
#include "pacing/budget.h"
#include "pacing/detection.h"
#include "pacing/duration_model.h"
#include "pacing/ring_model.h"
#include "pacing/safeguards.h"

namespace bellwether::pacing {

/// Everything a Pacer has learnt and remembers, as plain data: part of the engine's snapshot.
/// Default-constructed: nothing learnt yet. About 20 kB as text; it grows by agents and lists
/// alone.
struct PacerState {
    RingMemory rings;
    AnswerMemory answers;
    DurationMemory talks;
    DurationMemory wrap_ups;
    DetectionMemory detection;
    AbsenceMemory absence;
    BudgetState budget;
    SafeguardState safeguards;
    std::optional<CallBelief> call_belief;    ///< empty before the first decision
    std::optional<AgentBelief> agent_belief;  ///< likewise
    int agents = 0;                           ///< at the last decision
    int in_flight = 0;                        ///< likewise

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("rings", self.rings);
        visit("answers", self.answers);
        visit("talks", self.talks);
        visit("wrap_ups", self.wrap_ups);
        visit("detection", self.detection);
        visit("absence", self.absence);
        visit("budget", self.budget);
        visit("safeguards", self.safeguards);
        visit("call_belief", self.call_belief);
        visit("agent_belief", self.agent_belief);
        visit("agents", self.agents);
        visit("in_flight", self.in_flight);
    }
    friend bool operator==(const PacerState&, const PacerState&) = default;
};

/// The same, with every moment `by` later: what was learnt on another time axis, goes on on this.
[[nodiscard]] PacerState moved(PacerState state, Duration by);

}  // namespace bellwether::pacing
