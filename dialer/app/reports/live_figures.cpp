#include "dialer/app/reports/live_figures.h"

#include <array>

#include "dialer/app/commands/explain_words.h"
#include "dialer/app/reports/explanations.h"
#include "dialer/app/reports/pacing_json.h"

namespace bellwether::app {

namespace {

using engine::AgentState;
using pacing::DialMode;

Json agents_by_state(const engine::EngineState& state, CampaignId campaign) {
    std::array<int, kEnumNames<AgentState>.size()> counts{};
    for (const auto& [agent_id, agent] : state.agents) {
        if (agent.campaign == campaign) ++counts[static_cast<std::size_t>(agent.state)];
    }
    const auto count = [&](AgentState agent_state) {
        return counts[static_cast<std::size_t>(agent_state)];
    };
    return {{"calling_phone", count(AgentState::CallingPhone)},
            {"paused", count(AgentState::Paused)},
            {"ready", count(AgentState::Ready)},
            {"on_call", count(AgentState::OnCall)},
            {"wrap_up", count(AgentState::WrapUp)}};
}

Json live_json(const engine::EngineState& state, CampaignId id, UtcTime now) {
    Json live = Json::object();
    const auto found = state.campaigns.find(id);
    if (found == state.campaigns.end()) return live;
    const engine::Campaign& campaign = found->second;
    live["state"] = name_of(campaign.run_state);
    add_mode(campaign, live);
    live["lines_in_flight"] = campaign.lines_in_flight;
    live["lines_up"] = campaign.lines_up;
    live["calls_waiting"] = campaign.waiting.size();
    live["agents"] = agents_by_state(state, id);
    live["block"] = name_of(campaign.last_block);
    live["reason"] = explain(campaign.run_state, campaign.last_block, campaign.last_decision);
    live["pacing"] = pacing_json(campaign.last_decision);
    const DialMode mode = campaign.spec.mode;
    if (mode == DialMode::Ratio || mode == DialMode::Predictive) {
        live["forecast"] = forecast_json(campaign.forecast);
    }
    const Explanation decision{
        now, 0, {id, campaign.last_block, campaign.last_decision, campaign.forecast}};
    live["now"] = explanation_json(decision, campaign.spec.hours.zone);
    live["now"]["reason"] = live["reason"];  // which of the states that do not dial it is in
    live["accounts"] = Json::array();
    for (std::size_t i = 0; i < campaign.accounts.size(); ++i) {
        live["accounts"].push_back(
            account_json(campaign.accounts[i], campaign.spec.abandonment[i]));
    }
    return live;
}

}  // namespace

void add_mode(const engine::Campaign& campaign, Json& json) {
    // While something blocks the campaign, pacing is not asked: its own mode waits.
    const bool asked = campaign.last_block == engine::DialBlock::None;
    const DialMode own = campaign.spec.mode;
    const DialMode in_force = asked ? campaign.last_decision.mode : own;
    const auto reason = asked ? campaign.last_decision.reason : pacing::ModeReason::AsConfigured;
    json["mode"] = name_of(in_force);
    json["mode_configured"] = name_of(own);
    json["mode_reason"] = name_of(reason);
    if (in_force != own) json["mode_words"] = explain(reason);
}

Result<void> add_live(Backend& backend, CampaignId id, Json& body) {
    if (!backend.live()) return {};
    auto live = backend.inspect([id, now = backend.utc_now()](const engine::EngineState& state) {
        return live_json(state, id, now);
    });
    if (!live) return tl::unexpected(live.error());
    body.update(*live);
    return {};
}

}  // namespace bellwether::app
