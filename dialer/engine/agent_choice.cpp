#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"

// Who takes a call, and which of his campaigns an agent works for. He works for one at a time, so
// that no two campaigns count on the same person: the dearest of his that needs anybody.

namespace bellwether::engine {

namespace {

bool serves(const Agent& agent, CampaignId campaign) {
    return std::ranges::find(agent.serves, campaign) != agent.serves.end();
}

bool can_do(const Agent& agent, const std::string& skill) {
    return skill.empty() || campaigns::level_of(agent.skills, skill) > 0;
}

bool is_at_work(const Agent& agent) {
    return agent.state == AgentState::Ready || agent.state == AgentState::OnCall ||
           agent.state == AgentState::WrapUp;
}

}  // namespace

/// Who takes the call: the agent who asked for the line or promised it; else whoever can do it
/// best and has been ready longest, unless all who are ready are held for others.
Agent* Engine::Core::agent_for(const Call& call) {
    if (call.agent != AgentId{}) {
        const auto own = state.agents.find(call.agent);
        const bool is_ready = own != state.agents.end() && own->second.state == AgentState::Ready;
        return is_ready ? &own->second : nullptr;
    }
    const Campaign& campaign = state.campaigns.at(call.campaign);
    if (!call.reserved && campaign.reserved > 0) {
        int ready = 0;
        for (const auto& [id, agent] : state.agents) {
            if (agent.campaign == call.campaign && agent.state == AgentState::Ready) ++ready;
        }
        if (ready <= campaign.reserved) return nullptr;
    }
    if (Agent* own = longest_ready(call)) return own;
    return call.kind == CallKind::Inbound ? borrowed_for(call) : nullptr;
}

/// Among equals in skill who has been ready longest; among those the lower id. Never the one whom
/// the contact has refused.
Agent* Engine::Core::longest_ready(const Call& call) {
    const std::string& skill = call.skill;
    const AgentId barred =
        campaigns::barred_from(call.refused, state.campaigns.at(call.campaign).spec.conversion);
    Agent* chosen = nullptr;
    int best = -1;
    for (auto& [id, agent] : state.agents) {
        if (agent.campaign != call.campaign || agent.state != AgentState::Ready) continue;
        if (agent.id == barred) continue;
        if (agent.own_line != CallId{} || !can_do(agent, skill)) continue;
        const int level = skill.empty() ? 0 : campaigns::level_of(agent.skills, skill);
        const bool is_better = level > best || (level == best && agent.since < chosen->since);
        if (chosen != nullptr && !is_better) continue;
        chosen = &agent;
        best = level;
    }
    return chosen;
}

/// Somebody has called in, and those of his campaign are busy: an agent of another campaign that
/// can spare one, if he serves this one too.
Agent* Engine::Core::borrowed_for(const Call& call) {
    for (auto& [id, agent] : state.agents) {
        const bool is_free = agent.state == AgentState::Ready && agent.own_line == CallId{};
        if (!is_free || agent.preview || !serves(agent, call.campaign)) continue;
        if (can_do(agent, call.skill) && can_spare_an_agent(agent.campaign)) return &agent;
    }
    return nullptr;
}

/// Would every line and every person who waits still find somebody ready?
bool Engine::Core::can_spare_an_agent(CampaignId id) const {
    const Campaign& campaign = state.campaigns.at(id);
    const auto ready = std::ranges::count_if(state.agents, [&](const auto& entry) {
        return entry.second.campaign == id && entry.second.state == AgentState::Ready;
    });
    const auto claimed = campaign.lines_in_flight + campaign.detecting +
                         static_cast<std::ptrdiff_t>(campaign.waiting.size());
    return ready > claimed;
}

bool Engine::Core::wants_agents(CampaignId id) const {
    const Campaign& campaign = state.campaigns.at(id);
    if (!campaign.waiting.empty()) return true;
    return !nobody_needs_agents(campaign) && block_of(campaign) == DialBlock::None;
}

/// Somebody waits for this agent alone, and may be called.
bool Engine::Core::wants_him(CampaignId id, const Agent& agent) const {
    const Campaign& campaign = state.campaigns.at(id);
    if (!has_own(campaign, agent)) return false;
    const DialBlock block = block_of(campaign);
    return block == DialBlock::None || block == DialBlock::NoContacts;
}

/// Each who is ready works for the dearest of his campaigns that needs anybody, or him. He never
/// leaves lines behind that ring for him.
void Engine::Core::place_agents() {
    std::map<CampaignId, bool> wanting;  // asked of each campaign once at most
    const auto wants = [&](CampaignId id) {
        const auto [found, is_new] = wanting.try_emplace(id, false);
        if (is_new) found->second = wants_agents(id);
        return found->second;
    };
    for (auto& [id, agent] : state.agents) {
        if (agent.state != AgentState::Ready || agent.serves.size() < 2) continue;
        if (agent.own_line != CallId{} || agent.lines_asked > 0 || agent.preview) continue;
        const auto dearest = std::ranges::find_if(agent.serves, [&](CampaignId campaign) {
            return wants(campaign) || wants_him(campaign, agent);
        });
        if (dearest == agent.serves.end() || *dearest == agent.campaign) continue;
        if (can_spare_an_agent(agent.campaign)) move_agent(agent, *dearest);
    }
}

void Engine::Core::move_agent(Agent& agent, CampaignId campaign) {
    touch(agent.campaign);
    touch(campaign);
    agent.campaign = campaign;
    if (agent.state != AgentState::Ready) return;
    agent.reason = AgentReason::Moved;
    emit(StoreAgentState{agent.id, agent.state, agent.reason, campaign, {}, now_.utc});
}

/// What an agent must be able to do for a contact of that language; empty: nothing in particular.
std::string Engine::Core::skill_for(const Campaign& campaign, const std::string& language) {
    return campaign.spec.agents.match_language && !nobody_needs_agents(campaign) ? language
                                                                                 : std::string{};
}

Engine::Core::SkillHolders Engine::Core::holders_of(CampaignId campaign,
                                                    const std::string& skill) const {
    bool some = false;
    bool all = true;
    for (const auto& [id, agent] : state.agents) {
        if (agent.campaign != campaign || !is_at_work(agent) || agent.leave_wanted) continue;
        (can_do(agent, skill) ? some : all) = can_do(agent, skill);
    }
    if (!some) return SkillHolders::Nobody;
    return all ? SkillHolders::All : SkillHolders::Some;
}

/// Is anybody at work who would take a call of this campaign sooner or later?
bool Engine::Core::somebody_serves(CampaignId campaign, const std::string& skill) const {
    return std::ranges::any_of(state.agents, [&](const auto& entry) {
        const Agent& agent = entry.second;
        return is_at_work(agent) && !agent.leave_wanted && can_do(agent, skill) &&
               (agent.campaign == campaign || serves(agent, campaign));
    });
}

}  // namespace bellwether::engine
