#include "simulator/world/sim_interviewers.h"

#include <array>

#include "base/check.h"
#include "campaigns/form/read_form.h"

namespace bellwether::simulator {
namespace {

namespace form = campaigns::form;
using engine::InterviewerOrder;

/// The key of the item on the agent's page, "none" where nothing is; empty: he has no interview.
std::string item_at_hand(const engine::EngineState& state, AgentId agent_id, CallId call_id) {
    const auto agent = state.agents.find(agent_id);
    if (agent == state.agents.end() || agent->second.contact_call != call_id) return {};
    const auto call = state.calls.find(call_id);
    if (call == state.calls.end() || !call->second.interview) return {};
    const auto& files = state.campaigns.at(call->second.campaign).spec.questionnaire;
    const auto asked = form::read_form(files->sheets);
    BW_CHECK(asked.has_value());
    const form::ItemId& item = call->second.interview->state.item;
    return item.row < asked->rows.size() ? form::key_of(*asked, item) : "none";
}

}  // namespace

SimInterviewers::SimInterviewers(Wire& wire, const Scenario& scenario)
    : wire_{wire}, habits_{scenario.seed, "interviewers"} {}

void SimInterviewers::show(const engine::ShowContact& action) { acts(action.agent, action.call); }

void SimInterviewers::acts(AgentId agent, CallId call) {
    const Duration later{static_cast<std::int64_t>(habits_.uniform(0.2, 5) * 1e6)};
    wire_.after(later, [this, agent, call] {
        const std::string item = item_at_hand(wire_.state(), agent, call);
        if (item.empty()) return;
        does_something(agent, habits_.happens(Probability{0.95}) ? item : "q1");
        acts(agent, call);
    });
}

void SimInterviewers::does_something(AgentId agent, const std::string& item) {
    static constexpr std::array<const char*, 7> kTexts{"1", "2", "3", "1", "3", "77", ""};
    static constexpr std::array<double, 5> kWeights{70, 12, 8, 6, 1};
    const RequestId request{3};
    switch (draw(habits_, kWeights)) {
        case 0:
            return wire_.tell(engine::InterviewerAnswered{request, agent, item,
                                                          kTexts[habits_.below(kTexts.size())]});
        case 1: {
            const auto count = kEnumNames<InterviewerOrder>.size();
            const auto order = static_cast<InterviewerOrder>(habits_.below(count));
            return wire_.tell(engine::InterviewerOrdered{request, agent, order});
        }
        case 2:
            return wire_.tell(engine::InterviewerOrdered{request, agent, InterviewerOrder::Return});
        case 3:
            return wire_.tell(engine::InterviewerNoted{request, agent, item, "he hesitated",
                                                       habits_.happens(Probability{0.5})});
        default:
            return wire_.tell(engine::InterviewBrokenOff{
                .request = request,
                .agent = agent,
                .who = campaigns::RefusedBy::Household,
                .when = campaigns::RefusedWhen::Interview,
                .strength = habits_.happens(Probability{0.5}) ? campaigns::RefusalStrength::Soft
                                                              : campaigns::RefusalStrength::Hard,
                .reason = "busy",
                .note = "",
                .do_not_call = habits_.happens(Probability{0.3})});
    }
}

}  // namespace bellwether::simulator
