#include "pacing/learning.h"

#include <span>
#include <vector>

#include "pacing/answer_rates.h"
#include "pacing/ring_model.h"

namespace bellwether::pacing {
namespace {

using namespace std::chrono_literals;

// Drawing beliefs costs some tens of microseconds, some hundreds for agents. A jump of the answer
// rate should be seen soon; how long people talk does not jump.
constexpr Duration kCallBeliefAge = 5s;
constexpr Duration kAgentBeliefAge = 10s;

class Learner {
public:
    Learner(PacerState& state, Instant at) : state_{state}, at_{at} {}

    void operator()(const RingEnded& ring) const {
        double multiplier = 1;
        double expected = 0;
        if (const auto& belief = state_.call_belief) {
            multiplier = multiplier_of(belief->factors, ring.key);
            expected = expected_answers(belief->hazards, ring.ring_s);
            learn_answer(state_.answers, ring.key, ring.end == RingEnd::Live, expected,
                         belief->factors, at_);
        }
        learn_ring(state_.rings, ring, multiplier, state_.in_flight, at_);
        learn_outcome(state_.safeguards, ring.end, expected * multiplier);
    }

    void operator()(const VerdictGiven& verdict) const { learn_verdict(state_.detection, verdict); }
    void operator()(const MachineAudited& audit) const { learn_audit(state_.detection, audit); }

    void operator()(const TalkEnded& talk) const {
        learn_duration(state_.talks, talk.agent, talk.talk_s, hazard(&AgentBelief::talk_hazard),
                       state_.agents, at_);
    }

    void operator()(const WrapUpEnded& wrap_up) const {
        learn_duration(state_.wrap_ups, wrap_up.agent, wrap_up.wrap_s,
                       hazard(&AgentBelief::wrap_up_hazard), state_.agents, at_);
        learn_absence(state_.absence, wrap_up.left);
    }

    void operator()(const LiveAnswerResolved& answer) const {
        learn_result(state_.budget, answer.abandoned);
    }

private:
    [[nodiscard]] std::span<const double> hazard(std::vector<double> AgentBelief::*of) const {
        if (!state_.agent_belief) return {};
        return (*state_.agent_belief).*of;
    }

    PacerState& state_;
    Instant at_;
};

std::vector<OpenRing> open_rings(const Picture& picture, const AnswerFactors& factors) {
    std::vector<OpenRing> open;
    open.reserve(picture.ringing.size() + picture.detecting.size());
    for (const RingingCall& call : picture.ringing) {
        open.push_back({.ring_s = call.age_s, .multiplier = multiplier_of(factors, call.key)});
    }
    for (const DetectingCall& call : picture.detecting) {
        open.push_back({.ring_s = call.ring_s,
                        .picked_up = true,
                        .multiplier = multiplier_of(factors, call.key)});
    }
    return open;
}

CallBelief call_belief(const PacerState& state, const Settings& settings, const Picture& picture,
                       const std::vector<OpenRing>& open) {
    CallBelief belief{.at = picture.at, .limit_s = settings.no_answer_s};
    belief.hazards = ring_hazards(state.rings, open);
    const RingCurve curve{belief.hazards, belief.limit_s};
    belief.answer_rate = curve.answer_rate();
    belief.machine_rate = curve.machine_rate();
    belief.relative_error = relative_error(state.rings);
    belief.factors = answer_factors(state.answers, belief.answer_rate, picture.at);
    belief.delay_s = mean_delay_s(state.detection);
    return belief;
}

/// Live answers that were to be expected so far of the rings under way. Those with a verdict to
/// come are counted half: they are about as often people as machines.
double open_expected(const CallBelief& belief, const std::vector<OpenRing>& open) {
    double sum = 0;
    for (const OpenRing& ring : open) {
        const double expected = expected_answers(belief.hazards, ring.ring_s) * ring.multiplier;
        sum += ring.picked_up ? expected - 0.5 : expected;
    }
    return std::max(0.0, sum);
}

std::vector<double> elapsed(const std::vector<BusyAgent>& agents) {
    std::vector<double> elapsed_s;
    elapsed_s.reserve(agents.size());
    for (const BusyAgent& agent : agents) elapsed_s.push_back(agent.elapsed_s);
    return elapsed_s;
}

/// Both memories are sorted by agent; so is the result.
std::vector<PaceFactors> paces_of(const PacerState& state) {
    std::vector<PaceFactors> paces;
    auto wrap_up = state.wrap_ups.paces.begin();
    for (const AgentPace& talk : state.talks.paces) {
        while (wrap_up != state.wrap_ups.paces.end() && wrap_up->agent < talk.agent) ++wrap_up;
        const bool both = wrap_up != state.wrap_ups.paces.end() && wrap_up->agent == talk.agent;
        paces.push_back({.agent = talk.agent,
                         .talk = pace_of(talk),
                         .wrap_up = both ? pace_of(*wrap_up) : 1.0});
    }
    return paces;
}

AgentBelief agent_belief(const PacerState& state, const Picture& picture) {
    AgentBelief belief{.at = picture.at};
    belief.talk_hazard = duration_hazard(state.talks, elapsed(picture.talking), kTalkPrior);
    belief.wrap_up_hazard =
        duration_hazard(state.wrap_ups, elapsed(picture.wrapping), kWrapUpPrior);
    belief.paces = paces_of(state);
    belief.talk_s = mean_duration_s(belief.talk_hazard);
    belief.wrap_up_s = mean_duration_s(belief.wrap_up_hazard);
    belief.patience_s = mean_patience_s(state.detection);
    belief.absence = absence_rate(state.absence);
    return belief;
}

}  // namespace

void learn_from(PacerState& state, const Happening& happening, Instant at) {
    state.safeguards.last_news = at;
    std::visit(Learner{state, at}, happening);
}

void renew_beliefs(PacerState& state, const Settings& settings, const Picture& picture) {
    const auto& calls = state.call_belief;
    if (!calls || picture.at - calls->at >= kCallBeliefAge ||
        calls->limit_s != settings.no_answer_s) {
        const std::vector<OpenRing> open =
            open_rings(picture, calls ? calls->factors : AnswerFactors{});
        if (calls) look_for_anomaly(state.safeguards, open_expected(*calls, open), picture.at);
        state.call_belief = call_belief(state, settings, picture, open);
    }
    const auto& agents = state.agent_belief;
    if (!agents || picture.at - agents->at >= kAgentBeliefAge) {
        state.agent_belief = agent_belief(state, picture);
    }
}

}  // namespace bellwether::pacing
