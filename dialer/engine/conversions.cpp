#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"

// Cases that have refused. One that is called once more waits for an agent who may call it, and has
// him for itself, as a callback has the one who promised it.

namespace bellwether::engine {

using campaigns::ContactOffer;
using compliance::Rule;
using compliance::Verdict;
using namespace std::chrono_literals;

namespace {

// Those beyond wait in the store, where everybody sees why: an interviewer takes minutes for each.
constexpr std::size_t kHeldMax = 20;
// Somebody who may call them signs in once in a while, and then this is soon enough.
constexpr auto kConverterPause = 60s;

bool can_do(const Agent& agent, const std::string& skill) {
    return skill.empty() || campaigns::level_of(agent.skills, skill) > 0;
}

bool works_for(const Agent& agent, CampaignId campaign) {
    return agent.campaign == campaign ||
           std::ranges::find(agent.serves, campaign) != agent.serves.end();
}

bool is_at_work(const Agent& agent) {
    return !agent.leave_wanted &&
           (agent.state == AgentState::Ready || agent.state == AgentState::OnCall ||
            agent.state == AgentState::WrapUp);
}

}  // namespace

/// Not the one who was refused, and one who can do it. Who was promised a call meanwhile has been
/// won over: for him any other will do.
bool Engine::Core::may_convert(const Campaign& campaign, const Agent& agent,
                               const ContactOffer& offer) {
    const auto& rule = campaign.spec.conversion;
    if (!works_for(agent, campaign.spec.id)) return false;
    if (agent.id == campaigns::barred_from(offer.refused, rule)) return false;
    if (!can_do(agent, skill_for(campaign, offer.language))) return false;
    return offer.promised || !rule || can_do(agent, rule->skill);
}

/// Among those who are free the most skilled; of those who has been ready longest.
Agent* Engine::Core::converter_for(const Campaign& campaign, const ContactOffer& offer) {
    const std::string skill = campaign.spec.conversion ? campaign.spec.conversion->skill : "";
    Agent* chosen = nullptr;
    int best = -1;
    for (auto& [id, agent] : state.agents) {
        const bool is_free = agent.campaign == campaign.spec.id &&
                             agent.state == AgentState::Ready && agent.own_line == CallId{};
        if (!is_free || agent.leave_wanted || !may_convert(campaign, agent, offer)) continue;
        const int level = campaigns::level_of(agent.skills, skill);
        const bool is_better = level > best || (level == best && agent.since < chosen->since);
        if (chosen != nullptr && !is_better) continue;
        chosen = &agent;
        best = level;
    }
    return chosen;
}

/// What stands against calling him, now or at all.
compliance::Decision Engine::Core::against_converting(const Campaign& campaign,
                                                      const ContactOffer& offer) const {
    if (!campaign.spec.conversion && !offer.promised) return {Verdict::Deny, Rule::Refused, {}};
    const bool somebody = std::ranges::any_of(state.agents, [&](const auto& entry) {
        return is_at_work(entry.second) && may_convert(campaign, entry.second, offer);
    });
    if (somebody) return {Verdict::Allow, Rule::None, {}};
    return {Verdict::Defer, Rule::Refused, now_.utc + kConverterPause};
}

void Engine::Core::await_converter(Campaign& campaign, const ContactOffer& offer) {
    if (campaign.conversions.size() < kHeldMax) return campaign.conversions.push_back(offer);
    give_back(campaign, offer, {Verdict::Defer, Rule::Refused, now_.utc + kConverterPause});
}

void Engine::Core::start_conversions(Campaign& campaign) {
    // Who dials by hand is shown it, or gets it with his next line: see take_conversion().
    const bool by_hand = campaign.spec.mode == pacing::DialMode::Manual ||
                         campaign.spec.mode == pacing::DialMode::Preview;
    for (std::size_t i = 0; i < campaign.conversions.size();) {
        const ContactOffer offer = campaign.conversions[i];
        const compliance::Decision decision = against_converting(campaign, offer);
        if (decision.verdict != Verdict::Allow) {
            give_back(campaign, offer, decision);
        } else {
            Agent* agent = by_hand ? nullptr : converter_for(campaign, offer);
            if (agent == nullptr || !call_for(campaign, offer, *agent)) {
                ++i;
                continue;
            }
        }
        campaign.conversions.erase(campaign.conversions.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

/// The first that this agent may call.
std::optional<ContactOffer> Engine::Core::take_conversion(Campaign& campaign, const Agent& agent) {
    const auto found = std::ranges::find_if(campaign.conversions, [&](const ContactOffer& offer) {
        return may_convert(campaign, agent, offer);
    });
    if (found == campaign.conversions.end()) return std::nullopt;
    ContactOffer offer = std::move(*found);
    campaign.conversions.erase(found);
    return offer;
}

/// The contact whom the agent has on the line, or had last, has refused to be interviewed: settles
/// whether the case is called once more. Not of a call that came in.
void Engine::Core::settle_refusal(Agent& agent, RefusalTold told,
                                  campaigns::RefusalStrength strength, bool do_not_call) {
    BW_CHECK(agent.last_attempt != AttemptId{});
    Campaign& campaign = state.campaigns.at(agent.last_campaign);
    agent.last_refusal = told;
    const auto after = campaigns::after_refusal(campaign.spec.conversion, campaign.spec.retry,
                                                campaign.spec.hours.zone,
                                                {.strength = strength,
                                                 .do_not_call = do_not_call,
                                                 .to = agent.id,
                                                 .before = agent.last_refused,
                                                 .attempts_made = agent.last_attempts_made,
                                                 .at = now_.utc});
    Call* alive = find_call(agent.last_call);
    if (alive != nullptr && alive->attempt != agent.last_attempt) alive = nullptr;
    if (alive == nullptr) drop_offers_of(campaign, agent.last_contact);
    emit(StoreConversion{.attempt = agent.last_attempt,
                         .campaign = agent.last_campaign,
                         .client = campaign.spec.client,
                         .contact = agent.last_contact,
                         .agent = agent.id,
                         .strength = strength,
                         .conversion = after.conversion,
                         .settles = alive == nullptr,
                         .due = after.due,
                         .at = now_.utc});
    if (alive != nullptr) {
        alive->is_settled = true;
        alive->settled_due = after.due;
    }
    if (after.due) expect_contact_at(campaign, *after.due);
    touch(agent.last_campaign);
}

/// What becomes of the contact is what the disposition says that replaces the refusal.
void Engine::Core::take_refusal_back(Agent& agent) {
    if (agent.last_refusal != RefusalTold::ByDisposition) return;
    agent.last_refusal = RefusalTold::No;
    emit(StoreConversion{.attempt = agent.last_attempt,
                         .campaign = agent.last_campaign,
                         .client = state.campaigns.at(agent.last_campaign).spec.client,
                         .contact = agent.last_contact,
                         .agent = agent.id,
                         .conversion = campaigns::Conversion::TakenBack,
                         .at = now_.utc});
}

}  // namespace bellwether::engine
