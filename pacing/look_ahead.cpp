#include "pacing/look_ahead.h"

#include <algorithm>

#include "base/check.h"

namespace bellwether::pacing {
namespace {

constexpr int kLast = kGridPoints - 1;
// Those of the guard's two margins (research: pacing C.4).
constexpr double kSigmas = 2;
constexpr double kSigmasWorst = 4;

/// Multipliers of contacts one after another: most are alike, so the last answer is kept.
class Multipliers {
public:
    explicit Multipliers(const AnswerFactors& factors) : factors_{factors} {}

    double of(const AnswerKey& key) {
        if (asked_ && last_ == key) return multiplier_;
        asked_ = true;
        last_ = key;
        multiplier_ = multiplier_of(factors_, key);
        return multiplier_;
    }

private:
    const AnswerFactors& factors_;
    bool asked_ = false;
    AnswerKey last_;
    double multiplier_ = 1;
};

/// Paces of agents one after another: mostly asked in the order in which they are kept.
class Paces {
public:
    explicit Paces(const std::vector<PaceFactors>& paces) : paces_{paces} {}

    PaceFactors of(AgentId agent) {
        if (next_ == paces_.size() || paces_[next_].agent != agent) {
            const auto place = std::ranges::lower_bound(paces_, agent, {}, &PaceFactors::agent);
            next_ = static_cast<std::size_t>(place - paces_.begin());
        }
        if (next_ == paces_.size() || paces_[next_].agent != agent) return {.agent = agent};
        return paces_[next_++];
    }

private:
    const std::vector<PaceFactors>& paces_;
    std::size_t next_ = 0;
};

int leaving(const Picture& picture) {
    const auto leaves = [](const BusyAgent& agent) { return agent.leaves; };
    return static_cast<int>(std::ranges::count_if(picture.talking, leaves) +
                            std::ranges::count_if(picture.wrapping, leaves));
}

}  // namespace

void LookAhead::follow(const PacerState& state) {
    BW_CHECK(state.call_belief && state.agent_belief);
    if (calls_at_ != state.call_belief->at) {
        calls_at_ = state.call_belief->at;
        calls_.emplace(*state.call_belief);
        relative_error_ = state.call_belief->relative_error;
    }
    if (agents_at_ != state.agent_belief->at) {
        agents_at_ = state.agent_belief->at;
        agents_.emplace(*state.agent_belief);
    }
}

Foreseen LookAhead::look(const PacerState& state, const Picture& picture) {
    Foreseen foreseen;
    demand_.start(picture.agents() - leaving(picture));
    demand_.add_certain(picture.waiting);
    add_agents(*state.agent_belief, picture, foreseen);
    add_calls(*state.call_belief, picture, foreseen);
    foreseen.surplus = demand_.surplus(kSigmas, relative_error_);
    foreseen.surplus_worst = demand_.surplus(kSigmasWorst, relative_error_);
    const GridRow none_left = this->none_left();
    double before = 0;
    for (int k = 0; k < kGridPoints; ++k) {
        const double answered = demand_.expected_calls()[k];
        foreseen.expected_misses += (answered - before) * none_left[k];
        before = answered;
    }
    return foreseen;
}

void LookAhead::add_agents(const AgentBelief& belief, const Picture& picture, Foreseen& foreseen) {
    const double comes_back = 1 - belief.absence;
    const auto add = [&](const GridRow& free) {
        const GridRow chance = comes_back * free;
        foreseen.expected_free += chance[kLast];
        demand_.add(1.0 - chance);  // an agent who is still at work is taken
    };
    Paces talkers{belief.paces};
    for (const BusyAgent& agent : picture.talking) {
        if (agent.leaves) continue;
        add(agents_->talking(agent.elapsed_s, talkers.of(agent.agent).talk));
    }
    Paces wrappers{belief.paces};
    for (const BusyAgent& agent : picture.wrapping) {
        if (agent.leaves) continue;
        add(agents_->wrapping(agent.elapsed_s, wrappers.of(agent.agent).wrap_up));
    }
}

void LookAhead::add_calls(const CallBelief& belief, const Picture& picture, Foreseen& foreseen) {
    Multipliers multipliers{belief.factors};
    for (const RingingCall& call : picture.ringing) {
        const GridRow chance = calls_->ringing(call.age_s, multipliers.of(call.key));
        foreseen.expected_answers += chance[kLast];
        demand_.add_call(chance);
    }
    for (const DetectingCall& call : picture.detecting) {
        const double human = calls_->human(call.ring_s, multipliers.of(call.key));
        foreseen.expected_answers += human;
        demand_.add_call(GridRow::Constant(human));
    }
}

double LookAhead::chance_for_new_call() const {
    const GridRow none_left = this->none_left();
    double worst = 0;
    double sum = 0;
    for (int k = kLast; k >= 0;
         --k) {  // a later answer may take the agent that this one takes first
        worst = std::max(worst, none_left[k]);
        sum += calls_->new_call_weights()[k] * worst;
    }
    return std::min(1.0, sum);
}

void LookAhead::add_new_call(const PacerState& state, const AnswerKey& key) {
    demand_.add_call(calls_->ringing(0, multiplier_of(state.call_belief->factors, key)));
}

GridRow LookAhead::chances(const PacerState& state, const RingingCall& call) const {
    return calls_->ringing(call.age_s, multiplier_of(state.call_belief->factors, call.key));
}

}  // namespace bellwether::pacing
