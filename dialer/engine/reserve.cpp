#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"

// Lines that a rule allows only with an agent held free for them: a person who was abandoned a day
// ago must not be abandoned again, and a campaign over its cap dials with an agent for each line.

namespace bellwether::engine {

namespace {

using namespace std::chrono_literals;

// An agent comes free every few seconds where there are several; sooner would only ask in vain.
constexpr auto kAgentPause = 5s;
// Somebody with a skill signs in once in a while, and then this is soon enough.
constexpr auto kSkillPause = 60s;

}  // namespace

/// Does somebody of the campaign stand free, and able, whom neither a line nor a waiting person has
/// a claim on?
bool Engine::Core::can_reserve(const Campaign& campaign, const std::string& skill) const {
    int ready = 0;
    int able = 0;
    for (const auto& [id, agent] : state.agents) {
        const bool is_free = agent.campaign == campaign.spec.id &&
                             agent.state == AgentState::Ready && agent.own_line == CallId{};
        if (!is_free || agent.leave_wanted) continue;
        ++ready;
        if (skill.empty() || campaigns::level_of(agent.skills, skill) > 0) ++able;
    }
    // A line that is being stored counts as taken, this one too.
    const int taken =
        campaign.lines_in_flight + campaign.detecting + static_cast<int>(campaign.waiting.size());
    if (ready <= taken) return false;
    if (skill.empty()) return true;
    const auto taken_so = std::ranges::count_if(state.calls, [&](const auto& entry) {
        const Call& call = entry.second;
        return call.campaign == campaign.spec.id && call.skill == skill && !call.connected &&
               call.state != CallState::Ending;
    });
    return able > taken_so;
}

/// `decision` as it stands once its obligations are looked at: a line that needs an agent for
/// itself, or one who can do what few can, waits for one.
compliance::Decision Engine::Core::with_agent_in_reserve(const Campaign& campaign,
                                                         const compliance::Decision& decision,
                                                         const std::string& skill) const {
    if (decision.verdict != compliance::Verdict::Allow) return decision;
    if (!decision.binds_an_agent() && skill.empty()) return decision;
    if (campaign.spec.mode == pacing::DialMode::Manual ||
        campaign.spec.mode == pacing::DialMode::Preview)
        return decision;  // the agent who asked is free for it
    compliance::Decision wait = decision;
    wait.verdict = compliance::Verdict::Defer;
    if (!skill.empty() && holders_of(campaign.spec.id, skill) == SkillHolders::Nobody) {
        wait.rule = compliance::Rule::AgentSkill;
        wait.until = now_.utc + kSkillPause;
        return wait;
    }
    if (can_reserve(campaign, skill)) return decision;
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

}  // namespace bellwether::engine
