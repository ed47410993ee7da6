#include "base/check.h"
#include "dialer/engine/core.h"

// Lines that a rule allows only with an agent held free for them: a person who was abandoned a day
// ago must not be abandoned again, and a campaign over its cap dials with an agent for each line.

namespace bellwether::engine {

namespace {

using namespace std::chrono_literals;

// An agent comes free every few seconds where there are several; sooner would only ask in vain.
constexpr auto kAgentPause = 5s;

}  // namespace

/// Does somebody of the campaign stand free whom neither a line nor a waiting person has a claim
/// on?
bool Engine::Core::can_reserve(const Campaign& campaign) const {
    int ready = 0;
    for (const auto& [id, agent] : state.agents) {
        const bool is_free = agent.campaign == campaign.spec.id && agent.state == AgentState::Ready;
        if (is_free && !agent.leave_wanted) ++ready;
    }
    const int taken =
        campaign.lines_in_flight + campaign.detecting + static_cast<int>(campaign.waiting.size());
    return ready > taken;  // a line that is being stored counts as taken, this one too
}

/// `decision` as it stands once its obligations are looked at: a line that needs an agent for
/// itself waits for one.
compliance::Decision Engine::Core::with_agent_in_reserve(
    const Campaign& campaign, const compliance::Decision& decision) const {
    if (decision.verdict != compliance::Verdict::Allow || !decision.binds_an_agent())
        return decision;
    if (campaign.spec.mode == pacing::DialMode::Manual ||
        campaign.spec.mode == pacing::DialMode::Preview)
        return decision;  // the agent who asked is free for it
    if (can_reserve(campaign)) return decision;
    compliance::Decision wait = decision;
    wait.verdict = compliance::Verdict::Defer;
    wait.until = now_.utc + kAgentPause;
    return wait;
}

void Engine::Core::reserve_agent(Call& call) {
    BW_CHECK(!call.reserved);
    call.reserved = true;
    ++campaign_of(call).reserved;
}

void Engine::Core::release_agent(Call& call) {
    if (!call.reserved) return;
    call.reserved = false;
    --campaign_of(call).reserved;
}

/// Who takes the call: in manual mode the agent who asked for the line; else whoever has been ready
/// longest, unless all who are ready are held for others.
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
    return longest_ready(call.campaign);
}

}  // namespace bellwether::engine
