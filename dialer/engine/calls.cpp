#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// The life of a leg: stored, invited, ringing, failed or answered, ended.

namespace bellwether::engine {
namespace {

using campaigns::Outcome;
using compliance::Decision;
using compliance::Rule;
using compliance::Verdict;
using namespace std::chrono_literals;

// RFC 3261 17.1.2.2: a BYE or CANCEL that nobody answers ends by Timer F, 64 * T1 = 32 s. Somewhat
// later the engine stops waiting for word of it.
constexpr auto kEndUnconfirmedAfter = 40s;
// After the verdict a bridge is under way at once; a person is not given up in the same breath.
constexpr auto kAfterVerdict = 50ms;
// A greeting whose end is not heard is over by then.
constexpr auto kGreetingLimit = 5s;
constexpr int kRequestTerminated = 487;  // RFC 3261 21.4.25: the answer to a CANCELled INVITE

/// Ringing in vain says something about people, a refusal about numbers and networks.
pacing::RingEnd ring_end_of(Outcome outcome) {
    const bool rang = outcome == Outcome::NoAnswer || outcome == Outcome::Cancelled;
    return rang ? pacing::RingEnd::Censored : pacing::RingEnd::FastFail;
}

Outcome outcome_of_cancelled_ring(HangUpReason reason) {
    const bool rang_in_vain =
        reason == HangUpReason::RingLimit || reason == HangUpReason::RingReleased;
    return rang_in_vain ? Outcome::NoAnswer : Outcome::Cancelled;
}

}  // namespace

void Engine::Core::on(const AttemptStored& event) {
    Call* call = find_call(CallId{value_of(event.attempt)});
    if (call == nullptr || call->state != CallState::Storing) return;
    Campaign& campaign = campaign_of(*call);

    if (state.shutting_down)
        return withdraw(*call, {Verdict::Defer, Rule::None, {}}, HangUpReason::Shutdown);
    if (campaign.run_state != CampaignRunState::Running) {
        return withdraw(*call, {Verdict::Defer, Rule::None, {}}, HangUpReason::CampaignStopped);
    }
    if (nobody_for(*call)) {
        return withdraw(*call, {Verdict::Defer, Rule::None, {}}, HangUpReason::AgentsGone);
    }
    // The facts may have changed while the attempt was written: decide again at the instant of the
    // INVITE.
    Decision decision = compliance::decide(
        campaign.spec.hours,
        {.at = now_.utc,
         .suppressed = call->suppressed,
         .destination_allowed = true,  // checked at selection; it cannot change since
         .number_busy = false,         // it is this very attempt that keeps it busy
         .attempts_made = call->attempts_made - 1,
         .attempts_max = attempts_max_of(campaign, call->promised)});
    decision = with_quotas(campaign, call->prepared, decision);
    decision = compliance::stricter(decision, event.decision);
    if (!call->reserved && call->agent == AgentId{})
        decision = with_agent_in_reserve(campaign, decision, call->skill);
    if (decision.verdict != Verdict::Allow) return withdraw(*call, decision, HangUpReason::None);
    if (decision.binds_an_agent() && !call->reserved && call->agent == AgentId{})
        reserve_agent(*call);

    call->state = CallState::Inviting;
    call->invited = true;
    call->invited_at = now_.elapsed;
    milestone(*call, Milestone::Invited);
    set_deadline(*call, now_.elapsed + campaign.spec.ring_limit, WakeReason::RingLimit);
    emit(PlaceCall{call->id, call->attempt, call->campaign, call->contact, call->number,
                   call->caller_id, campaign.spec.detection.mode, decision});
}

void Engine::Core::withdraw(Call& call, const Decision& decision, HangUpReason reason) {
    Campaign& campaign = campaign_of(call);
    StoreOutcome outcome{.attempt = call.attempt,
                         .campaign = call.campaign,
                         .contact = call.contact,
                         .outcome = Outcome::Withdrawn,
                         .reason = reason,
                         .decision = decision,
                         .attempts_made = call.attempts_made - 1,
                         .at = now_.utc};
    if (decision.verdict == Verdict::Defer) outcome.due = decision.until.value_or(now_.utc);
    if (outcome.due) expect_contact_at(campaign, *outcome.due);
    emit(outcome);
    forget_contact(call);
}

void Engine::Core::on(const CallRinging& event) {
    if (Call* call = find_call(event.call)) call_is_ringing(*call);
}

void Engine::Core::on(const CallEarlyMedia& event) {
    if (Call* call = find_call(event.call)) call_is_ringing(*call);
}

void Engine::Core::call_is_ringing(Call& call) {
    if (call.state != CallState::Inviting) return;
    call.state = CallState::Ringing;
    if (call.kind == CallKind::Contact) milestone(call, Milestone::Ringing);
}

void Engine::Core::on(const CallAnswered& event) {
    Call* call = find_call(event.call);
    if (call == nullptr || call->answered) return;
    call->answered = true;
    call->picked_up_at = now_.elapsed;
    call->trunk = event.trunk;
    if (call->kind == CallKind::AgentLeg) return leg_is_up(*call);
    if (call->kind == CallKind::Transfer) return target_answered(*call);
    if (call->kind == CallKind::Listener) return listener_answered(*call);
    if (call->kind == CallKind::Inbound) return say_menu(*call);

    Campaign& campaign = campaign_of(*call);
    --campaign.lines_in_flight;
    ++campaign.lines_up;
    milestone(*call, Milestone::Answered);
    touch(call->campaign);
    if (call->state == CallState::Ending) {
        ring_is_over(*call, pacing::RingEnd::Censored);
        if (call->reason == HangUpReason::NetworkTone) return hang_up(*call, call->reason);
        count_live_answer(campaign);
        // We had cancelled, and the answer came first. Nobody is there for him: he counts as
        // abandoned.
        count_abandoned(campaign);
        call->outcome = Outcome::Abandoned;
        emit(Alert{AlertKind::AnsweredLate, call->campaign, {}, call->id});
        return hang_up(*call, HangUpReason::AnsweredTooLate);
    }
    clear_deadline(*call);
    answer_is_recorded(*call);
    if (!campaign.spec.detection.awaits_verdict()) return person_answered(*call);
    begin_detection(*call);
}

/// A person, by the detector's verdict, or whoever picked up where nobody listens for machines.
void Engine::Core::person_answered(Call& call) {
    Campaign& campaign = campaign_of(call);
    ring_is_over(call, pacing::RingEnd::Live);
    verdict_is_given(call, true);
    if (call.state == CallState::Detecting) {
        clear_deadline(call);
        --campaign.detecting;
    }
    call.counted = true;
    count_live_answer(campaign);
    touch(call.campaign);
    contact_answered(call);
}

/// Until when a person who waits may wait: the legal time runs from the end of his greeting.
Instant Engine::Core::connect_by(const Call& call) const {
    const Campaign& campaign = state.campaigns.at(call.campaign);
    if (!campaign.spec.detection.awaits_verdict() || call.connected) {
        return now_.elapsed + campaign.spec.connect_within;
    }
    const Instant greeting_ends =
        call.greeting_ended_at.value_or(call.picked_up_at + kGreetingLimit);
    return std::max(greeting_ends + campaign.spec.connect_within, now_.elapsed + kAfterVerdict);
}

void Engine::Core::on(const CallFailed& event) {
    Call* call = find_call(event.call);
    if (call == nullptr) return;
    if (other_leg_is_gone(*call, false)) return;
    if (call->answered) return contact_gone(*call, event.failure.q850_cause);
    call->trunk = event.trunk;
    contact_failed(*call, event.failure);
}

void Engine::Core::contact_failed(Call& call, const campaigns::CallFailure& failure) {
    const bool by_our_cancel =
        call.reason != HangUpReason::None &&
        (failure.sip_status == kRequestTerminated || failure.sip_status == 0);
    const Outcome outcome = by_our_cancel
                                ? call.outcome.value_or(outcome_of_cancelled_ring(call.reason))
                                : campaigns::outcome_of_failure(failure);
    ring_is_over(call, ring_end_of(outcome));
    if (outcome == Outcome::Unreachable) {
        emit(Alert{AlertKind::TrunkUnreachable, call.campaign, {}, call.id});
    } else if (outcome == Outcome::AuthRefused) {
        emit(Alert{AlertKind::TrunkAuthRefused, call.campaign, {}, call.id});
    }
    finish_contact(call, outcome,
                   {.sip_status = failure.sip_status,
                    .retry_after = failure.retry_after,
                    .q850_cause = failure.q850_cause});
}

void Engine::Core::on(const CallAnsweredAfterCancel& event) {
    Call* call = find_call(event.call);
    if (call == nullptr || other_leg_is_gone(*call, true)) return;
    if (call->answered && call->state != CallState::Ending) return contact_gone(*call, {});
    call->trunk = event.trunk;
    if (call->reason == HangUpReason::NetworkTone) {
        return contact_failed(*call, {.kind = campaigns::FailureKind::SipStatus});
    }
    Campaign& campaign = campaign_of(*call);
    if (!call->answered) {
        call->answered = true;
        call->picked_up_at = now_.elapsed;
        ring_is_over(*call, pacing::RingEnd::Censored);
        --campaign.lines_in_flight;
        ++campaign.lines_up;
        milestone(*call, Milestone::Answered);
        count_live_answer(campaign);
        count_abandoned(campaign);
    }
    emit(Alert{AlertKind::AnsweredLate, call->campaign, {}, call->id});
    finish_contact(*call, Outcome::Abandoned, {.answered_after_cancel = true});
}

void Engine::Core::on(const CallEnded& event) {
    Call* call = find_call(event.call);
    if (call == nullptr) return;
    const bool is_told_of = call->kind == CallKind::Contact || call->kind == CallKind::Inbound;
    if (event.quality && is_told_of)
        emit(StoreQuality{call->id, call->attempt, *event.quality, now_.utc});
    if (other_leg_is_gone(*call, true)) return;
    contact_gone(*call, event.q850_cause);
}

/// False: it is a contact's whom we called.
bool Engine::Core::other_leg_is_gone(Call& call, bool was_answered) {
    switch (call.kind) {
        case CallKind::Contact:
            return false;
        case CallKind::AgentLeg:
            leg_is_gone(call);
            break;
        case CallKind::Inbound:
            inbound_is_gone(call);
            break;
        case CallKind::Transfer:
            call.answered |= was_answered;
            target_is_gone(call);
            break;
        case CallKind::Listener:
            listener_is_gone(call);
            break;
    }
    return true;
}

void Engine::Core::on(const CallSilent& event) {
    Call* call = find_call(event.call);
    if (call == nullptr || call->state == CallState::Ending || !call->answered) return;
    if (call->kind == CallKind::AgentLeg) return leg_is_silent(*call);
    if (call->kind == CallKind::Contact || call->kind == CallKind::Inbound)
        return end_contact(*call, HangUpReason::PeerSilent);
    hang_up(*call, HangUpReason::PeerSilent);
}

void Engine::Core::hang_up(Call& call, HangUpReason reason) {
    call.state = CallState::Ending;
    call.reason = reason;
    set_deadline(call, now_.elapsed + kEndUnconfirmedAfter, WakeReason::EndUnconfirmed);
    emit(HangUp{call.id, reason});
}

/// We end a contact's call, whatever state it is in.
void Engine::Core::end_contact(Call& call, HangUpReason reason) {
    if (call.state == CallState::Ending || call.state == CallState::Storing) return;
    if (call.kind == CallKind::Inbound) return end_inbound(call, reason);
    if (call.answered) {
        // Who has picked up and is not known to be a machine counts as a person.
        if (call.state == CallState::Detecting) count_live_answer(campaign_of(call));
        const bool waits = call.state == CallState::Waiting && !call.connected && !call.interview;
        if (waits || call.state == CallState::Detecting) {
            count_abandoned(campaign_of(call));
            call.outcome = Outcome::Abandoned;
        }
        call.outcome = outcome_now(call);
    }
    hang_up(call, reason);
}

/// The leg is over, by the far side's word or after ours.
void Engine::Core::contact_gone(Call& call, std::optional<int> q850_cause) {
    if (!call.answered) {
        ring_is_over(call, pacing::RingEnd::Censored);
        return finish_contact(call, call.outcome.value_or(outcome_of_cancelled_ring(call.reason)),
                              {.q850_cause = q850_cause});
    }
    const Outcome outcome = call.state == CallState::Ending ? call.outcome.value_or(Outcome::HungUp)
                                                            : outcome_now(call);
    finish_contact(call, outcome,
                   {.q850_cause = q850_cause,
                    .answered_after_cancel = call.reason == HangUpReason::AnsweredTooLate});
}

/// Leaves the state that an answered call is in, and tells how the attempt ends if nothing follows.
/// Who was interviewed by an agent has not only talked to one.
Outcome Engine::Core::outcome_now(Call& call) {
    const Outcome outcome = leave_state(call);
    if (outcome != Outcome::Connected || !call.interview) return outcome;
    close_interview(call);
    return outcome_of_interview(call);
}

Outcome Engine::Core::leave_state(Call& call) {
    const Outcome unserved = call.connected ? Outcome::Connected : Outcome::HungUp;
    switch (call.state) {
        case CallState::Detecting:
            ring_is_over(call, pacing::RingEnd::Censored);
            --campaign_of(call).detecting;
            return call.outcome.value_or(unserved);
        case CallState::Waiting: {
            if (!call.connected && !call.interview && call.outcome != Outcome::Abandoned) {
                learn(campaign_of(call), pacing::LiveAnswerResolved{.abandoned = false});
            }
            auto& waiting = campaign_of(call).waiting;
            waiting.erase(std::ranges::find(waiting, call.id));
            if (call.interview && !call.connected) {
                close_interview(call);
                return outcome_of_interview(call);
            }
            return call.outcome.value_or(unserved);
        }
        case CallState::Bridged:
        case CallState::OnHold:
        case CallState::Transferring:
        case CallState::Conference:
        case CallState::Transferred:
            leave_talk(call);
            return Outcome::Connected;
        case CallState::Interviewing:
            close_interview(call);
            if (is_with_agent(call)) unbridge(call);
            return outcome_of_interview(call);
        case CallState::SafeHarbour:
            return call.connected ? Outcome::Connected : Outcome::Abandoned;
        default:
            return call.outcome.value_or(unserved);
    }
}

/// He talks, or is on hold: whoever he has been given to is free of him.
void Engine::Core::leave_talk(Call& call) {
    if (call.interview) close_interview(call);
    if (call.partner != CallId{}) drop_partner(call, HangUpReason::TransferOver);
    if (call.agent != AgentId{}) unbridge(call);
}

/// @param details  sip_status, retry_after, q850_cause and answered_after_cancel; the rest is
///                 filled in here.
void Engine::Core::finish_contact(Call& call, Outcome outcome, StoreOutcome details) {
    Campaign& campaign = campaign_of(call);
    if (call.interview) close_interview(call);
    details.attempt = call.attempt;
    details.campaign = call.campaign;
    details.contact = call.contact;
    details.trunk = call.trunk;
    details.outcome = outcome;
    details.reason = call.reason;
    details.decision.verdict = Verdict::Allow;
    details.attempts_made = call.attempts_made;
    details.at = now_.utc;
    if (call.is_settled) {
        details.due = call.suppressed ? std::nullopt : call.settled_due;
    } else if (!call.suppressed) {
        details.due =
            campaigns::next_attempt_at(campaign.spec.retry, campaign.spec.hours.zone,
                                       {outcome, call.attempts_made, now_.utc, call.history});
    }
    if (details.due && details.retry_after) {
        details.due = std::max(*details.due, now_.utc + *details.retry_after);
    }
    if (details.due) expect_contact_at(campaign, *details.due);
    emit(details);
    forget_contact(call);
}

void Engine::Core::forget_contact(Call& call) {
    Campaign& campaign = campaign_of(call);
    release_agent(call);
    const auto own = state.agents.find(call.agent);
    if (own != state.agents.end() && own->second.own_line == call.id)
        own->second.own_line = CallId{};
    --(call.answered ? campaign.lines_up : campaign.lines_in_flight);
    state.live_numbers.erase(call.number);
    const bool trunk_was_full = state.trunk_lines_used >= state.trunk_lines;
    --state.trunk_lines_used;
    if (trunk_was_full) touch_all();
    touch(call.campaign);
    clear_deadline(state.calls.at(call.id));
    state.calls.erase(CallId{call.id});
}

void Engine::Core::milestone(const Call& call, Milestone milestone) {
    if (call.kind == CallKind::Inbound) {
        if (milestone == Milestone::Connected) inbound_step(call, InboundStep::Connected);
        return;
    }
    emit(StoreMilestone{call.attempt, milestone, now_.utc, call.agent});
}

}  // namespace bellwether::engine
