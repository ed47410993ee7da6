#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// One deadline per call, agent and campaign, kept in the thing itself and in an index by time.

namespace bellwether::engine {

void Engine::Core::index_deadlines() {
    deadlines_.clear();
    for (const auto& [id, call] : state.calls) {
        if (call.deadline) deadlines_.emplace(call.deadline->at, Owner::Call, value_of(id));
    }
    for (const auto& [id, agent] : state.agents) {
        if (agent.deadline) deadlines_.emplace(agent.deadline->at, Owner::Agent, value_of(id));
    }
    for (const auto& [id, campaign] : state.campaigns) {
        if (campaign.deadline)
            deadlines_.emplace(campaign.deadline->at, Owner::Campaign, value_of(id));
    }
}

std::optional<Deadline> Engine::Core::next_deadline() const {
    if (deadlines_.empty()) return std::nullopt;
    const auto& [at, owner, id] = *deadlines_.begin();
    switch (owner) {
        case Owner::Call:
            return state.calls.at(CallId{id}).deadline;
        case Owner::Agent:
            return state.agents.at(AgentId{id}).deadline;
        case Owner::Campaign:
            return state.campaigns.at(CampaignId{id}).deadline;
    }
    BW_CHECK(false);
}

void Engine::Core::on(const TimePassed&) {
    while (!deadlines_.empty() && std::get<Instant>(*deadlines_.begin()) <= now_.elapsed) {
        const auto [at, owner, id] = *deadlines_.begin();
        if (owner == Owner::Call) {
            Call& call = state.calls.at(CallId{id});
            const WakeReason reason = call.deadline->reason;
            clear_deadline(call);
            call_deadline(call, reason);
        } else if (owner == Owner::Agent) {
            Agent& agent = state.agents.at(AgentId{id});
            const WakeReason reason = agent.deadline->reason;
            clear_deadline(agent);
            if (reason == WakeReason::ShiftOver) {
                shift_is_over(agent);
            } else if (agent.state == AgentState::WrapUp) {
                wrap_up_is_over(agent, AgentReason::WrapUpOver);
            }
        } else {
            Campaign& campaign = state.campaigns.at(CampaignId{id});
            if (campaign.deadline->reason == WakeReason::ContactsDue) {
                campaign.exhausted = false;
                campaign.next_due.reset();
            }
            clear_deadline(campaign);
            touch(campaign.spec.id);
        }
    }
}

void Engine::Core::call_deadline(Call& call, WakeReason reason) {
    switch (reason) {
        case WakeReason::RingLimit:
            if (call.kind == CallKind::Transfer) return target_did_not_answer(call);
            return hang_up(call, HangUpReason::RingLimit);
        case WakeReason::ConnectWithin:
            return nobody_came(call);
        case WakeReason::KeyTimeout:
            return interview_timed_out(call);
        case WakeReason::Detection:
            return detection_is_overdue(call);
        case WakeReason::OptOutStored:
            return end_contact(call, HangUpReason::NoReply);
        case WakeReason::EndUnconfirmed:
            emit(Alert{AlertKind::CallNeverEnded, call.campaign, call.agent, call.id});
            return other_leg_is_gone(call, call.answered) ? void() : contact_gone(call, {});
        case WakeReason::HoldTooLong:
            return hold_is_too_long(call);
        case WakeReason::QueueTooLong:
            return queue_is_too_long(call);
        case WakeReason::MenuWait:
            return menu_wait_is_over(call);
        case WakeReason::WrapUpOver:
        case WakeReason::CallRate:
        case WakeReason::ContactsDue:
        case WakeReason::HoursOpen:
        case WakeReason::ScheduleDue:
        case WakeReason::PromiseDue:
        case WakeReason::ShiftOver:
        case WakeReason::Pacing:
            BW_CHECK(false);  // not a call's
    }
}

}  // namespace bellwether::engine
