#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"

// Preview mode: an agent who is ready sees the next contact first, and dials or skips it. The
// contact stays claimed for him meanwhile.

namespace bellwether::engine {

using campaigns::ContactOffer;
using pacing::DialMode;

/// In manual and preview mode: the first agent who asked for a line and has none yet.
Agent* Engine::Core::agent_who_asked(CampaignId campaign) {
    for (auto& [id, agent] : state.agents) {
        if (agent.campaign == campaign && agent.lines_asked > 0) return &agent;
    }
    return nullptr;
}

bool Engine::Core::has_contact(const Campaign& campaign) {
    if (campaign.spec.mode == DialMode::Preview)
        return agent_who_asked(campaign.spec.id) != nullptr;
    if (!campaign.offers.empty()) return true;
    const Agent* agent = agent_who_asked(campaign.spec.id);
    return agent != nullptr && has_own(campaign, *agent);
}

/// Somebody waits for him: whom he has promised a call, or whom he may win over.
bool Engine::Core::has_own(const Campaign& campaign, const Agent& agent) {
    const auto is_his = [&](const auto& offer) { return offer.promised->agent == agent.id; };
    const auto may_be = [&](const auto& offer) { return may_convert(campaign, agent, offer); };
    return std::ranges::any_of(campaign.promised, is_his) ||
           std::ranges::any_of(campaign.conversions, may_be);
}

/// What he has promised; else one that he may win over.
std::optional<ContactOffer> Engine::Core::take_own(Campaign& campaign, const Agent& agent) {
    auto promised = take_promised(campaign, agent.id);
    return promised ? promised : take_conversion(campaign, agent);
}

/// The contact that is dialed next: the one on the agent's screen, or the first in the queue.
ContactOffer Engine::Core::take_contact(Campaign& campaign, Agent* agent) {
    if (campaign.spec.mode == DialMode::Preview) {
        BW_CHECK(agent != nullptr && agent->preview);
        const ContactOffer offer = *agent->preview;
        agent->preview.reset();
        agent->lines_asked = 0;
        return offer;
    }
    if (agent != nullptr) {
        if (auto his = take_own(campaign, *agent)) return *std::move(his);
    }
    const ContactOffer offer = campaign.offers.front();
    campaign.offers.pop_front();
    return offer;
}

/// A contact that may not be called now goes back to its list.
void Engine::Core::give_back(Campaign& campaign, const ContactOffer& offer,
                             const compliance::Decision& decision) {
    std::optional<UtcTime> due = decision.until;
    if (decision.verdict == compliance::Verdict::Defer && !due) due = number_free_at(offer.number);
    emit(ReleaseContact{campaign.spec.id, offer.contact, decision, due});
    if (due) expect_contact_at(campaign, *due);
}

void Engine::Core::show_previews(Campaign& campaign) {
    for (auto& [id, agent] : state.agents) {
        if (agent.campaign != campaign.spec.id || agent.state != AgentState::Ready) continue;
        if (agent.lines_asked > 0 || has_line(agent)) continue;
        while (!agent.preview) {
            auto his = take_own(campaign, agent);
            if (!his && campaign.offers.empty()) break;
            const ContactOffer offer = his ? *his : campaign.offers.front();
            if (!his) campaign.offers.pop_front();
            const compliance::Decision decision = decide_now(campaign, offer);
            if (decision.verdict != compliance::Verdict::Allow) {
                give_back(campaign, offer, decision);
                continue;
            }
            agent.preview = offer;
            emit(ShowContact{agent.id, {}, {}, offer.contact});
        }
    }
}

/// Is a call for this agent under way, in manual or preview mode?
bool Engine::Core::has_line(const Agent& agent) const {
    for (const auto& [id, call] : state.calls) {
        if (call.kind == CallKind::Contact && call.agent == agent.id) return true;
    }
    return false;
}

Reply Engine::Core::skip_preview(Agent& agent) {
    if (!agent.preview) {
        return Reply{{}, ReplyCode::Conflict, "there is no contact on the agent's screen"};
    }
    drop_preview(agent);
    return Reply{};
}

/// Gives the contact on the agent's screen back, to be called when its turn comes again.
void Engine::Core::drop_preview(Agent& agent) {
    if (!agent.preview) return;
    Campaign& campaign = state.campaigns.at(agent.campaign);
    emit(ReleaseContact{campaign.spec.id,
                        agent.preview->contact,
                        {compliance::Verdict::Allow, compliance::Rule::None, {}},
                        now_.utc});
    expect_contact_at(campaign, now_.utc);
    agent.preview.reset();
    agent.lines_asked = 0;
    touch(agent.campaign);
}

bool Engine::Core::is_previewed(CampaignId campaign) const {
    for (const auto& [id, agent] : state.agents) {
        if (agent.campaign == campaign && agent.preview) return true;
    }
    return false;
}

}  // namespace bellwether::engine
