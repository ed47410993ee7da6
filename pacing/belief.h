#pragma once

#include <vector>

#include "base/ids.h"
#include "base/time.h"
#include "pacing/answer_rates.h"
#include "pacing/ring_model.h"

namespace bellwether::pacing {

/// How an agent's hazards differ from the campaign's: factors, > 0.
struct PaceFactors {
    AgentId agent{};
    double talk = 1;
    double wrap_up = 1;

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("agent", self.agent);
        visit("talk", self.talk);
        visit("wrap_up", self.wrap_up);
    }
    friend bool operator==(const PaceFactors&, const PaceFactors&) = default;
};

/// What the forecast believes about calls, drawn from the memories and the calls under way. Part of
/// the state, since the calls under way at that moment are not: the tables of a Pacer that is made
/// anew from the state must be the old ones.
struct CallBelief {
    Instant at;          ///< when it was drawn
    double limit_s = 0;  ///< we stop ringing
    RingHazards hazards;
    AnswerFactors factors;
    double answer_rate = 0;     ///< by a person, of a contact with factor 1
    double machine_rate = 0;    ///< by a machine
    double relative_error = 0;  ///< standard deviation of the answer rate over itself
    double delay_s = 0;         ///< from the pickup to the verdict, mean

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("limit_s", self.limit_s);
        visit("hazards", self.hazards);
        visit("factors", self.factors);
        visit("answer_rate", self.answer_rate);
        visit("machine_rate", self.machine_rate);
        visit("relative_error", self.relative_error);
        visit("delay_s", self.delay_s);
    }
    friend bool operator==(const CallBelief&, const CallBelief&) = default;
};

/// The same about agents.
struct AgentBelief {
    Instant at;
    std::vector<double> talk_hazard;     ///< 1/s, an entry for each edge of duration_model.h
    std::vector<double> wrap_up_hazard;  ///< likewise
    std::vector<PaceFactors> paces;      ///< sorted by agent; one that is not here has factors 1
    double talk_s = 0;                   ///< mean
    double wrap_up_s = 0;                ///< mean
    double patience_s = 0;               ///< that a person stays in time after the verdict, mean
    double absence = 0;                  ///< chance that a busy agent does not come back

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("at", self.at);
        visit("talk_hazard", self.talk_hazard);
        visit("wrap_up_hazard", self.wrap_up_hazard);
        visit("paces", self.paces);
        visit("talk_s", self.talk_s);
        visit("wrap_up_s", self.wrap_up_s);
        visit("patience_s", self.patience_s);
        visit("absence", self.absence);
    }
    friend bool operator==(const AgentBelief&, const AgentBelief&) = default;
};

}  // namespace bellwether::pacing
