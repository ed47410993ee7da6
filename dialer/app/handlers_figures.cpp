#include <algorithm>
#include <array>
#include <deque>

#include "dialer/api/problem_json.h"
#include "dialer/app/explain_words.h"
#include "dialer/app/figures.h"
#include "dialer/app/handlers.h"

namespace bellwether::app {

namespace {

/// The newest reasons shown by `campaign explain`: a screenful.
constexpr std::size_t kReasonsMax = 20;

/// What the engine alone knows of a campaign.
Json live_json(const engine::EngineState& state, CampaignId id) {
    Json live = Json::object();
    const auto found = state.campaigns.find(id);
    if (found == state.campaigns.end()) return live;
    const engine::Campaign& campaign = found->second;
    live = {{"state", name_of(campaign.run_state)},
            {"mode", name_of(campaign.spec.mode)},
            {"lines_in_flight", campaign.lines_in_flight},
            {"lines_up", campaign.lines_up},
            {"calls_waiting", campaign.waiting.size()}};
    std::array<int, kEnumNames<engine::AgentState>.size()> counts{};
    for (const auto& [agent_id, agent] : state.agents) {
        if (agent.campaign == id) ++counts[static_cast<std::size_t>(agent.state)];
    }
    const auto count = [&](engine::AgentState agent_state) {
        return counts[static_cast<std::size_t>(agent_state)];
    };
    live["agents"] = {{"calling_phone", count(engine::AgentState::CallingPhone)},
                      {"paused", count(engine::AgentState::Paused)},
                      {"ready", count(engine::AgentState::Ready)},
                      {"on_call", count(engine::AgentState::OnCall)},
                      {"wrap_up", count(engine::AgentState::WrapUp)}};
    live["block"] = name_of(campaign.last_block);
    live["pacing"] = pacing_json(campaign.last_decision);
    live["reason"] = explain(campaign.run_state, campaign.last_block, campaign.last_decision);
    const auto mode = campaign.spec.mode;
    if (mode == pacing::DialMode::Ratio || mode == pacing::DialMode::Predictive) {
        live["forecast"] = forecast_json(campaign.forecast);
    }
    live["accounts"] = Json::array();
    for (std::size_t i = 0; i < campaign.accounts.size(); ++i) {
        live["accounts"].push_back(account_json(campaign.accounts[i], campaign.spec.abandonment[i]));
    }
    return live;
}

/// Adds what the engine knows, if there is one.
Result<void> add_live(Backend& backend, CampaignId id, Json& body) {
    if (!backend.live()) return {};
    auto live =
        backend.inspect([id](const engine::EngineState& state) { return live_json(state, id); });
    if (!live) return tl::unexpected(live.error());
    body.update(*live);
    return {};
}

/// One line of the journal's EXPLAIN_PACING for people, if it is about this campaign.
std::optional<Json> reason_of(const engine::Encoded& action, UtcTime at,
                              const std::string& campaign) {
    // Most actions are others: looking before parsing makes a day's journal a matter of seconds.
    if (action.text.find(engine::ExplainPacing::kName) == std::string::npos) return std::nullopt;
    const auto json = Json::parse(action.text, nullptr, false);
    if (!json.is_object() || text_member(json, "is") != engine::ExplainPacing::kName)
        return std::nullopt;
    if (text_member(json, "campaign") != campaign) return std::nullopt;
    const auto block = enum_from_name<engine::DialBlock>(text_member(json, "block"));
    pacing::LineDecision decision;
    const auto& told = json.at("decision");
    const auto limit = enum_from_name<pacing::LineLimit>(text_member(told, "limit"));
    const auto mode = enum_from_name<pacing::DialMode>(text_member(told, "mode"));
    const auto why = enum_from_name<pacing::ModeReason>(text_member(told, "reason"));
    if (!block || !limit || !mode || !why) return std::nullopt;
    decision.limit = *limit;
    decision.mode = *mode;
    decision.reason = *why;
    const auto& forecast = json.at("forecast");
    Json reason{{"at", iso_time(at)},
                {"reason", explain(*block, decision)},
                {"block", json.at("block")},
                {"mode", told.at("mode")},
                {"mode_reason", told.at("reason")},
                {"wanted", told.at("wanted")},
                {"start", told.at("start")},
                {"limit", told.at("limit")}};
    for (const char* key : {"agents", "idle", "in_flight", "waiting", "expected_free",
                            "expected_answers", "abandonment_chance", "budget", "headroom"}) {
        reason[key] = forecast.at(key);
    }
    return reason;
}

/// The newest reasons, oldest first: from the newest journal segment that holds any.
Result<std::deque<Json>> recent_reasons(Backend& backend, CampaignId id) {
    const auto segments = backend.store().journal_segments();
    if (!segments) return tl::unexpected(segments.error());
    const std::string campaign = std::to_string(value_of(id));
    std::deque<Json> reasons;
    std::uint64_t last = std::numeric_limits<std::int64_t>::max();
    for (auto segment = segments->rbegin(); segment != segments->rend() && reasons.empty();
         ++segment) {
        const auto read = backend.store().for_each_journal_entry(
            segment->first_seq, last, [&](const store::JournalEntry& entry) {
                for (const auto& action : entry.actions) {
                    auto reason = reason_of(action, entry.now.utc, campaign);
                    if (!reason) continue;
                    reasons.push_back(*std::move(reason));
                    if (reasons.size() > kReasonsMax) reasons.pop_front();
                }
            });
        if (!read) return tl::unexpected(read.error());
        last = segment->first_seq - 1;
    }
    return reasons;
}

}  // namespace

api::Response get_campaign_stats(Backend& backend, const Call& call) {
    const auto campaign = find_campaign(backend, call.names.at(0));
    if (!campaign) return api::problem(campaign.error());
    const auto figures = backend.store().figures(campaign->id);
    if (!figures) return api::problem(figures.error());
    Json body{{"campaign", campaign->name}, {"state", name_of(campaign->run_state)}};
    body.update(figures_json(*figures));
    if (const auto added = add_live(backend, campaign->id, body); !added)
        return api::problem(added.error());
    return json_response(body);
}

api::Response explain_campaign(Backend& backend, const Call& call) {
    const auto campaign = find_campaign(backend, call.names.at(0));
    if (!campaign) return api::problem(campaign.error());
    Json body{{"campaign", campaign->name}, {"state", name_of(campaign->run_state)}};
    if (const auto added = add_live(backend, campaign->id, body); !added)
        return api::problem(added.error());
    auto reasons = recent_reasons(backend, campaign->id);
    if (!reasons) return api::problem(reasons.error());
    const auto figures = backend.store().figures(campaign->id);
    if (!figures) return api::problem(figures.error());
    body["left"] = figures->fresh + figures->claimed + figures->live + figures->retry;
    body["next_due"] = iso_time(figures->next_due);
    body["history"] = Json::array();
    for (Json& reason : *reasons) body["history"].push_back(std::move(reason));
    return json_response(body);
}

}  // namespace bellwether::app
