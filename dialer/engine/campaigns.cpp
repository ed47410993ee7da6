#include <algorithm>
#include <utility>

#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// Campaigns: what they are told, the contacts they are offered, their abandonment accounts.

namespace bellwether::engine {

using campaigns::ContactOffer;
using campaigns::Outcome;

namespace {

/// The store answers with the highest priority first, firm callbacks aside: once a lower one comes,
/// it has no more of this one.
bool tells_that_none_is_left(const ContactsOffered& event, int priority) {
    return event.offers.empty() || std::ranges::any_of(event.offers, [&](const auto& offer) {
               return !offer.is_firm() && offer.priority < priority;
           });
}

}  // namespace

void Engine::Core::on(const CampaignApplied& event) {
    if (interviews_would_break(event.spec)) {
        return emit(Reply{event.request, ReplyCode::Conflict,
                          "people are being interviewed: pause the campaign and let them finish "
                          "before its questionnaire changes"});
    }
    if (quotas_would_miscount(event)) {
        return emit(Reply{event.request, ReplyCode::Conflict,
                          "an interview was completed while its quotas were counted: apply the "
                          "campaign once more"});
    }
    const auto [found, is_new] = state.campaigns.try_emplace(event.spec.id);
    Campaign& campaign = found->second;
    adopt_quotas(campaign, event, is_new);
    campaign.spec = event.spec;
    if (is_new) {
        campaign.run_state = event.run_state;
        campaign.pacer = event.learnt;
        campaign.started = event.started;
        campaign.rate = {1.0, now_.elapsed};
    }
    adopt_accounts(campaign, event);
    campaign.decided_at.reset();  // what the rule granted was for the old settings
    touch(event.spec.id);
    emit(Reply{event.request, ReplyCode::Done, {}});
}

/// One account for each rule: the one that is kept already, else the one that came with the event.
void Engine::Core::adopt_accounts(Campaign& campaign, const CampaignApplied& event) {
    std::vector<compliance::AbandonmentAccount> accounts;
    for (const auto& rule : campaign.spec.abandonment) {
        const auto same_window = [&](const auto& account) { return account.window == rule.window; };
        const auto kept = std::ranges::find_if(campaign.accounts, same_window);
        const auto told = std::ranges::find_if(event.accounts, same_window);
        compliance::AbandonmentAccount account{.window = rule.window};
        if (kept != campaign.accounts.end()) {
            account = *kept;
        } else if (told != event.accounts.end()) {
            account = *told;
        }
        accounts.push_back(account);
    }
    campaign.accounts = std::move(accounts);
}

/// An interview is a place in a questionnaire: in another one it would mean something else.
bool Engine::Core::interviews_would_break(const campaigns::CampaignSpec& spec) const {
    const auto found = state.campaigns.find(spec.id);
    if (found == state.campaigns.end()) return false;
    if (found->second.spec.questionnaire == spec.questionnaire) return false;
    return std::ranges::any_of(state.calls, [&](const auto& entry) {
        return entry.second.campaign == spec.id && entry.second.interview.has_value();
    });
}

void Engine::Core::on(const CampaignOrdered& event) {
    const auto found = state.campaigns.find(event.campaign);
    if (found == state.campaigns.end()) {
        return emit(Reply{event.request, ReplyCode::NotFound, "the engine knows no such campaign"});
    }
    Campaign& campaign = found->second;
    if (event.order == CampaignOrder::Start && state.shutting_down) {
        return emit(Reply{event.request, ReplyCode::Refused, "the service is shutting down"});
    }
    switch (event.order) {
        case CampaignOrder::Start:
            campaign.exhausted = false;
            campaign.next_due.reset();
            if (!campaign.started) campaign.started = now_.utc;
            set_run_state(campaign, CampaignRunState::Running);
            break;
        case CampaignOrder::Pause:
            set_run_state(campaign, CampaignRunState::Paused);
            break;
        case CampaignOrder::Drain:
            set_run_state(campaign, CampaignRunState::Draining);
            break;
        case CampaignOrder::Stop:
            set_run_state(campaign, CampaignRunState::Stopped);
            cancel_lines(campaign, HangUpReason::CampaignStopped);
            break;
    }
    if (event.order != CampaignOrder::Start) release_offers(campaign);
    emit(Reply{event.request, ReplyCode::Done, {}});
}

void Engine::Core::set_run_state(Campaign& campaign, CampaignRunState run_state) {
    if (campaign.run_state == run_state) return touch(campaign.spec.id);
    campaign.run_state = run_state;
    emit(StoreCampaignState{campaign.spec.id, run_state, now_.utc});
    touch(campaign.spec.id);
}

void Engine::Core::on(const ContactsOffered& event) {
    const auto found = state.campaigns.find(event.campaign);
    BW_CHECK(found != state.campaigns.end() && found->second.asked);
    Campaign& campaign = found->second;
    campaign.asked = false;
    if (!campaign.ask_again && tells_that_none_is_left(event, campaign.urgent)) campaign.urgent = 0;
    campaign.exhausted = event.offers.empty() && !campaign.ask_again;
    campaign.ask_again = false;
    campaign.next_due = campaign.exhausted ? event.next_due : std::nullopt;
    for (const ContactOffer& offer : event.offers) {
        if (offer.promised && offer.promised->agent != AgentId{}) {
            promise_of_agent(campaign, offer);
        } else if (offer.refused) {
            await_converter(campaign, offer);
        } else {
            line_up(campaign, offer);
        }
    }
    if (campaign.run_state != CampaignRunState::Running || state.shutting_down) {
        release_offers(campaign);
    }
    touch(event.campaign);
}

void Engine::Core::on(const ContactsAdded& event) {
    const auto found = state.campaigns.find(event.campaign);
    if (found == state.campaigns.end()) return;
    Campaign& campaign = found->second;
    campaign.exhausted = false;
    campaign.next_due.reset();
    campaign.ask_again = campaign.asked;
    campaign.urgent = std::max(campaign.urgent, event.priority);
    if (campaign.run_state == CampaignRunState::Finished) {
        set_run_state(campaign, CampaignRunState::Running);
    }
    touch(event.campaign);
}

void Engine::Core::on(const AttemptFoundAlive& event) {
    StoreOutcome outcome{.attempt = event.attempt,
                         .campaign = event.campaign,
                         .contact = event.contact,
                         .outcome = event.interviewed.value_or(Outcome::Unknown),
                         .attempts_made = event.attempts_made,
                         .due = event.settled_due,
                         .at = now_.utc};
    const auto found = state.campaigns.find(event.campaign);
    if (found != state.campaigns.end()) {
        Campaign& campaign = found->second;
        if (!event.is_settled) {
            outcome.due =
                campaigns::next_attempt_at(campaign.spec.retry, campaign.spec.hours.zone,
                                           {outcome.outcome, event.attempts_made, now_.utc, {}});
        }
        if (outcome.due) expect_contact_at(campaign, *outcome.due);
        cool(event.number, now_.utc + campaign.spec.retry.unknown_cooloff);
        // Promise R4: answered, and nothing on record says that somebody spoke to him.
        if (event.answered && !event.served) count_abandoned(campaign);
    }
    emit(outcome);
    touch(event.campaign);
}

void Engine::Core::on(const NumberCooling& event) { cool(event.number, event.until); }

void Engine::Core::cool(NumberId number, UtcTime until) {
    CoolingNumber& cooling = state.cooling[number];
    cooling = {number, std::max(cooling.until, until)};
}

void Engine::Core::on(const SuppressionAdded& event) {
    const auto concerns = [&](const Campaign& campaign) {
        return event.client == ClientId{} || event.client == campaign.spec.client;
    };
    for (auto& [id, campaign] : state.campaigns) {
        if (!concerns(campaign)) continue;
        for (ContactOffer& offer : campaign.offers) {
            if (offer.number == event.number) offer.suppressed = true;
        }
        for (ContactOffer& offer : campaign.promised) {
            if (offer.number == event.number) offer.suppressed = true;
        }
        for (ContactOffer& offer : campaign.conversions) {
            if (offer.number == event.number) offer.suppressed = true;
        }
    }
    for (auto& [id, agent] : state.agents) {
        if (!agent.preview || agent.preview->number != event.number) continue;
        Campaign& campaign = state.campaigns.at(agent.campaign);
        if (!concerns(campaign)) continue;
        const ContactOffer shown = *std::exchange(agent.preview, std::nullopt);
        agent.lines_asked = 0;
        give_back(campaign, shown,
                  {compliance::Verdict::Deny, compliance::Rule::DoNotCall, std::nullopt});
        touch(agent.campaign);
    }
    for (const CallId id : state.inbound) {
        Call& call = state.calls.at(id);
        const bool is_his = call.number != NumberId{} && call.number == event.number;
        if (is_his || call.id == event.caller) inbound_opt_out_is_stored(call);
    }
    if (!state.live_numbers.contains(event.number)) return;

    for (auto& [id, call] : state.calls) {
        if (call.kind != CallKind::Contact || call.number != event.number) continue;
        if (!concerns(campaign_of(call))) continue;
        call.suppressed = true;
        if (call.state == CallState::Inviting || call.state == CallState::Ringing) {
            hang_up(call, HangUpReason::DoNotCall);
        } else {
            opt_out_is_stored(call);
        }
    }
}

void Engine::Core::release_offers(Campaign& campaign) {
    for (const ContactOffer& offer : campaign.promised) campaign.offers.push_back(offer);
    campaign.promised.clear();
    for (const ContactOffer& offer : campaign.conversions) campaign.offers.push_back(offer);
    campaign.conversions.clear();
    for (const ContactOffer& offer : campaign.offers) {
        emit(ReleaseContact{campaign.spec.id,
                            offer.contact,
                            {compliance::Verdict::Allow, compliance::Rule::None, {}},
                            now_.utc});
    }
    campaign.offers.clear();
    campaign.urgent = 0;  // the next answer begins with the highest priority there is
}

void Engine::Core::cancel_lines(Campaign& campaign, HangUpReason reason) {
    for (auto& [id, call] : state.calls) {
        if (call.kind != CallKind::Contact || call.campaign != campaign.spec.id) continue;
        // One that is being stored is withdrawn when the store answers: see on(AttemptStored).
        if (call.state == CallState::Inviting || call.state == CallState::Ringing) {
            hang_up(call, reason);
        }
    }
}

void Engine::Core::roll_accounts(Campaign& campaign) {
    for (auto& account : campaign.accounts) {
        const UtcTime start =
            compliance::window_start_of(account.window, campaign.spec.hours.zone, now_.utc,
                                        campaign.started.value_or(now_.utc));
        // A clock that is set back must not open an old window afresh: its count would begin at
        // zero again.
        if (start > account.window_start) {
            account = {.window = account.window, .window_start = start};
            campaign.account_alerted = false;
        }
    }
}

void Engine::Core::count_live_answer(Campaign& campaign) {
    roll_accounts(campaign);
    for (auto& account : campaign.accounts) ++account.live_answers;
    store_accounts(campaign);
}

/// It was no person after all: taken out of the windows that it was counted in.
void Engine::Core::uncount_live_answer(const Call& call) {
    Campaign& campaign = campaign_of(call);
    roll_accounts(campaign);
    const UtcTime answered = now_.utc - std::chrono::duration_cast<std::chrono::milliseconds>(
                                            now_.elapsed - call.picked_up_at);
    for (auto& account : campaign.accounts) {
        if (account.window_start <= answered && account.live_answers > account.abandoned) {
            --account.live_answers;
        }
    }
    store_accounts(campaign);
}

void Engine::Core::count_abandoned(Campaign& campaign) {
    roll_accounts(campaign);
    bool exhausted = false;
    bool breached = false;
    for (std::size_t i = 0; i < campaign.accounts.size(); ++i) {
        auto& account = campaign.accounts[i];
        // The answer may have been counted in a window that has closed since: the pair stays
        // together.
        if (account.abandoned == account.live_answers) ++account.live_answers;
        ++account.abandoned;
        const double slack = compliance::slack(account, campaign.spec.abandonment[i].cap);
        exhausted |= slack <= 0;
        breached |= slack < 0;
    }
    store_accounts(campaign);
    learn(campaign, pacing::LiveAnswerResolved{.abandoned = true});
    if (breached) emit(Alert{.kind = AlertKind::AccountBreached, .campaign = campaign.spec.id});
    if (exhausted && !campaign.account_alerted) {
        campaign.account_alerted = true;
        emit(Alert{.kind = AlertKind::AccountExhausted, .campaign = campaign.spec.id});
    }
}

void Engine::Core::store_accounts(const Campaign& campaign) {
    for (const auto& account : campaign.accounts) {
        emit(StoreAccount{campaign.spec.id, campaign.spec.client, account});
    }
}

void Engine::Core::expect_contact_at(Campaign& campaign, UtcTime due) {
    // An agent, or somebody who called in, has found it something to do.
    if (campaign.run_state == CampaignRunState::Finished)
        set_run_state(campaign, CampaignRunState::Running);
    if (campaign.asked) campaign.ask_again = true;  // the answer under way cannot know of this one
    if (!campaign.exhausted) return;
    campaign.next_due = campaign.next_due ? std::min(*campaign.next_due, due) : due;
}

}  // namespace bellwether::engine
