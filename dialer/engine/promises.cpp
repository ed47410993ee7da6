#include <algorithm>

#include "base/check.h"
#include "compliance/decision.h"
#include "dialer/engine/core.h"

// Callbacks. One that anybody may keep is dialed before all other contacts, with an agent held for
// it. One that an agent promised waits for that agent, and after a while, if the campaign says so,
// for anybody.

namespace bellwether::engine {

using campaigns::ContactOffer;
using compliance::Verdict;

void Engine::Core::promise_of_agent(Campaign& campaign, ContactOffer offer) {
    BW_CHECK(offer.promised.has_value());
    campaign.promised.push_back(std::move(offer));
}

/// When anybody may call in his place; none: only he.
std::optional<UtcTime> Engine::Core::promise_passes_on_at(const Campaign& campaign,
                                                          const ContactOffer& offer) const {
    const auto wait = campaign.spec.agents.callback_wait;
    if (wait.count() == 0) return std::nullopt;
    return offer.promised->due + wait;
}

void Engine::Core::keep_promises(Campaign& campaign) {
    // Who dials by hand is shown it, or gets it with his next line: see take_promised().
    const bool by_hand = campaign.spec.mode == pacing::DialMode::Manual ||
                         campaign.spec.mode == pacing::DialMode::Preview;
    for (std::size_t i = 0; i < campaign.promised.size();) {
        ContactOffer offer = campaign.promised[i];
        const auto passes_on = promise_passes_on_at(campaign, offer);
        const bool anybody = passes_on && now_.utc >= *passes_on;
        if (!anybody && (by_hand || !keep_promise(campaign, offer))) {
            ++i;
            continue;
        }
        campaign.promised.erase(campaign.promised.begin() + static_cast<std::ptrdiff_t>(i));
        if (!anybody) continue;
        offer.promised->agent = AgentId{};
        if (offer.refused) {
            await_converter(campaign, offer);
        } else {
            line_up(campaign, offer);
        }
    }
}

bool Engine::Core::keep_promise(Campaign& campaign, const ContactOffer& offer) {
    const auto found = state.agents.find(offer.promised->agent);
    return found != state.agents.end() && call_for(campaign, offer, found->second);
}

/// Dials for this agent, who is held for the line. False: he is not free, or no line is; the
/// contact stays for later.
bool Engine::Core::call_for(Campaign& campaign, const ContactOffer& offer, Agent& agent) {
    const bool is_free = agent.state == AgentState::Ready && agent.own_line == CallId{} &&
                         agent.campaign == campaign.spec.id;
    if (!is_free || !can_spare_an_agent(campaign.spec.id)) return false;
    const pacing::LineFacts facts = facts_of(campaign);
    const bool has_line =
        facts.lines_used < facts.lines_max && facts.trunk_lines_free > 0 && facts.rate_allows > 0;
    if (!has_line) return false;
    const compliance::Decision decision = decide_now(campaign, offer);
    if (decision.verdict != Verdict::Allow) {
        give_back(campaign, offer, decision);
        return true;
    }
    Call line = make_line(campaign, offer);
    line.agent = agent.id;
    agent.own_line = line.id;
    begin_line(
        campaign, std::move(line),
        {.start = 1, .wanted = 1, .limit = pacing::LineLimit::None, .mode = campaign.spec.mode},
        decision);
    return true;
}

/// What this agent has promised, the oldest first.
std::optional<ContactOffer> Engine::Core::take_promised(Campaign& campaign, AgentId agent) {
    const auto own = std::ranges::find_if(campaign.promised, [&](const ContactOffer& offer) {
        return offer.promised->agent == agent;
    });
    if (own == campaign.promised.end()) return std::nullopt;
    ContactOffer offer = std::move(*own);
    campaign.promised.erase(own);
    return offer;
}

/// The next moment at which a callback passes from its agent to anybody.
std::optional<UtcTime> Engine::Core::next_promise(const Campaign& campaign) const {
    std::optional<UtcTime> next;
    for (const ContactOffer& offer : campaign.promised) {
        const auto at = promise_passes_on_at(campaign, offer);
        if (at && (!next || *at < *next)) next = at;
    }
    return next;
}

void Engine::Core::store_callback(const Campaign& campaign, const Call& call, AgentId agent,
                                  UtcTime due) {
    emit(StoreCallback{.callback = CallbackId{next_id()},
                       .campaign = campaign.spec.id,
                       .client = campaign.spec.client,
                       .contact = call.contact,
                       .attempt = call.attempt,
                       .agent = agent,
                       .due = due,
                       .at = now_.utc});
}

}  // namespace bellwether::engine
