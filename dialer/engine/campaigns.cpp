#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// Campaigns: what they are told, the contacts they are offered, their abandonment accounts.

namespace bellwether::engine {

using campaigns::ContactOffer;
using campaigns::Outcome;

void Engine::Core::on(const CampaignApplied& event) {
    if (interviews_would_break(event.spec)) {
        return emit(Reply{event.request, ReplyCode::Conflict,
                          "people are being interviewed: pause the campaign and let them finish "
                          "before its questionnaire changes"});
    }
    const auto [found, is_new] = state.campaigns.try_emplace(event.spec.id);
    Campaign& campaign = found->second;
    campaign.spec = event.spec;
    if (is_new) {
        campaign.run_state = event.run_state;
        campaign.account = event.account;
        campaign.rate = {1.0, now_.elapsed};
    }
    touch(event.spec.id);
    emit(Reply{event.request, ReplyCode::Done, {}});
}

/// An interview is a place in a questionnaire: in another one it would mean something else.
bool Engine::Core::interviews_would_break(const campaigns::CampaignSpec& spec) const {
    const auto found = state.campaigns.find(spec.id);
    if (found == state.campaigns.end()) return false;
    if (found->second.spec.questionnaire == spec.questionnaire) return false;
    return std::ranges::any_of(state.calls, [&](const auto& entry) {
        return entry.second.campaign == spec.id && entry.second.state == CallState::Interviewing;
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
    campaign.exhausted = event.offers.empty() && !campaign.ask_again;
    campaign.ask_again = false;
    campaign.next_due = campaign.exhausted ? event.next_due : std::nullopt;
    campaign.offers.insert(campaign.offers.end(), event.offers.begin(), event.offers.end());
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
    if (campaign.run_state == CampaignRunState::Finished) {
        set_run_state(campaign, CampaignRunState::Running);
    }
    touch(event.campaign);
}

void Engine::Core::on(const AttemptFoundAlive& event) {
    StoreOutcome outcome{.attempt = event.attempt,
                         .campaign = event.campaign,
                         .contact = event.contact,
                         .outcome = Outcome::Unknown,
                         .attempts_made = event.attempts_made,
                         .at = now_.utc};
    const auto found = state.campaigns.find(event.campaign);
    if (found != state.campaigns.end()) {
        Campaign& campaign = found->second;
        outcome.due = campaigns::next_attempt_at(campaign.spec.retry, Outcome::Unknown,
                                                 event.attempts_made, now_.utc);
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
    for (const ContactOffer& offer : campaign.offers) {
        emit(ReleaseContact{campaign.spec.id,
                            offer.contact,
                            {compliance::Verdict::Allow, compliance::Rule::None, {}},
                            now_.utc});
    }
    campaign.offers.clear();
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

void Engine::Core::roll_account(Campaign& campaign) {
    const UtcTime start = compliance::window_start_of(campaign.spec.account_window,
                                                      campaign.spec.hours.zone, now_.utc);
    // A clock that is set back must not open an old window afresh: its count would begin at zero
    // again.
    if (start > campaign.account.window_start) {
        campaign.account = {.window_start = start};
        campaign.account_alerted = false;
    }
}

void Engine::Core::count_live_answer(Campaign& campaign) {
    roll_account(campaign);
    ++campaign.account.live_answers;
    store_account(campaign);
}

void Engine::Core::count_abandoned(Campaign& campaign) {
    roll_account(campaign);
    // The answer may have been counted in a window that has closed since: the pair stays together.
    if (campaign.account.abandoned == campaign.account.live_answers)
        ++campaign.account.live_answers;
    ++campaign.account.abandoned;
    store_account(campaign);
    const bool exhausted = compliance::slack(campaign.account, campaign.spec.abandonment_cap) <= 0;
    if (exhausted && !campaign.account_alerted) {
        campaign.account_alerted = true;
        emit(Alert{.kind = AlertKind::AccountExhausted, .campaign = campaign.spec.id});
    }
}

void Engine::Core::store_account(const Campaign& campaign) {
    emit(StoreAccount{campaign.spec.id, campaign.spec.client, campaign.account});
}

void Engine::Core::expect_contact_at(Campaign& campaign, UtcTime due) {
    if (campaign.asked) campaign.ask_again = true;  // the answer under way cannot know of this one
    if (!campaign.exhausted) return;
    campaign.next_due = campaign.next_due ? std::min(*campaign.next_due, due) : due;
}

}  // namespace bellwether::engine
