#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// Somebody else takes a call over. Whoever is called for it must be named in the campaign's file.
// If he does not come, the call is the agent's again by itself: nobody is lost between two desks.

namespace bellwether::engine {
namespace {

Reply refused(ReplyCode code, std::string why) { return Reply{{}, code, std::move(why)}; }

}  // namespace

void Engine::Core::on(const TransferOrdered& event) {
    const auto found = state.agents.find(event.agent);
    Reply reply = found == state.agents.end() || found->second.state == AgentState::SignedOut
                      ? refused(ReplyCode::Conflict, "the agent is not signed in")
                      : begin_transfer(found->second, event);
    reply.request = event.request;
    emit(std::move(reply));
}

Reply Engine::Core::begin_transfer(Agent& agent, const TransferOrdered& event) {
    Call* call = talk_of(agent);
    const bool may = call != nullptr && call->partner == CallId{} &&
                     (call->state == CallState::Bridged || call->state == CallState::OnHold);
    if (!may) return refused(ReplyCode::Conflict, "the agent has no call that could be handed on");
    const Campaign& campaign = campaign_of(*call);
    const auto& targets = campaign.spec.agents.transfers;
    const auto target = std::ranges::find(targets, event.target, &campaigns::TransferTarget::name);
    if (target == targets.end()) {
        return refused(ReplyCode::NotFound, "the campaign has no transfer \"" + event.target +
                                                "\": see [[transfers]] in its file");
    }
    const bool by_trunk = target->kind == campaigns::TransferTarget::Kind::Number;
    if (by_trunk && state.trunk_lines_used >= state.trunk_lines)
        return refused(ReplyCode::Conflict, "every line is busy");

    Call leg{.id = CallId{next_id()},
             .kind = CallKind::Transfer,
             .state = CallState::Inviting,
             .campaign = call->campaign,
             .attempt = call->attempt,
             .agent = agent.id,
             .warm = event.warm,
             .partner = call->id,
             .target = target->name,
             .caller_id = call->caller_id,
             .invited_at = now_.elapsed};
    if (call->state == CallState::Bridged) {
        emit(Unbridge{call->id, agent.leg});
        emit(HoldCall{call->id, campaign.spec.inbound ? campaign.spec.inbound->queue_prompt : ""});
    }
    clear_deadline(*call);
    call->state = CallState::Transferring;
    call->partner = leg.id;
    emit(RingTarget{leg.id, leg.campaign, *target, leg.caller_id});
    if (by_trunk) {
        ++state.trunk_lines_used;
        leg.reserved = true;  // it holds a line of the trunks
    }
    Call& kept = state.calls.emplace(leg.id, std::move(leg)).first->second;
    set_deadline(kept, now_.elapsed + campaign.spec.agents.transfer_ring, WakeReason::RingLimit);
    return Reply{};
}

void Engine::Core::target_answered(Call& leg) {
    clear_deadline(leg);
    Call* call = find_call(leg.partner);
    if (call == nullptr || leg.state == CallState::Ending)
        return hang_up(leg, HangUpReason::TransferOver);
    const auto agent = state.agents.find(call->agent);
    if (!leg.warm || agent == state.agents.end()) return hand_over(*call, leg);
    leg.state = CallState::Up;
    emit(Bridge{leg.id, agent->second.leg});
    emit(TellAgent{agent->first, AgentNews::TransferAnswered, leg.id});
}

/// The two talk on; the agent is free.
void Engine::Core::hand_over(Call& call, Call& leg) {
    const auto found = state.agents.find(call.agent);
    const bool was_with_agent = found != state.agents.end();
    if (was_with_agent && leg.state == CallState::Up) emit(Unbridge{leg.id, found->second.leg});
    if (call.interview) close_interview(call);  // nobody asks any more
    call.state = CallState::Transferred;
    leg.state = CallState::Bridged;
    emit(Bridge{call.id, leg.id});
    transfer_is_settled(call, leg, TransferResult::HandedOver);
    call.agent = AgentId{};
    leg.agent = AgentId{};
    if (was_with_agent) contact_is_over(found->second);
}

/// Nobody took over: the one on hold is with his agent again, or waits for another.
void Engine::Core::give_back_to_agent(Call& call, AgentNews news) {
    call.partner = CallId{};
    const auto found = state.agents.find(call.agent);
    if (found == state.agents.end()) return wait_for_agent(call);
    call.state = CallState::Bridged;
    emit(Bridge{call.id, found->second.leg});
    emit(TellAgent{found->first, news, call.id});
}

void Engine::Core::target_did_not_answer(Call& leg) {
    Call* call = find_call(leg.partner);
    if (call != nullptr) {
        transfer_is_settled(*call, leg, TransferResult::NoAnswer);
        leg.partner = CallId{};
        give_back_to_agent(*call, AgentNews::TransferReturned);
    }
    hang_up(leg, HangUpReason::TransferNoAnswer);
}

/// Busy, refused, or hung up after he had come.
void Engine::Core::target_is_gone(Call& leg) {
    clear_deadline(leg);
    if (Call* call = find_call(leg.partner)) {
        if (call->state == CallState::Transferred) {
            call->partner = CallId{};
            end_contact(*call, HangUpReason::TransferOver);
        } else {
            transfer_is_settled(*call, leg, TransferResult::Failed);
            if (leg.state == CallState::Up && call->agent != AgentId{})
                emit(Unbridge{leg.id, state.agents.at(call->agent).leg});
            give_back_to_agent(*call, AgentNews::TransferReturned);
        }
    }
    if (leg.reserved) {
        --state.trunk_lines_used;
        touch_all();
    }
    state.calls.erase(CallId{leg.id});
}

/// The call ends, or the agent takes it back: the one who was to take over is sent away.
void Engine::Core::drop_partner(Call& call, HangUpReason reason) {
    Call* leg = find_call(call.partner);
    call.partner = CallId{};
    if (leg == nullptr) return;
    if (call.state != CallState::Transferred)
        transfer_is_settled(call, *leg,
                            reason == HangUpReason::AgentDone ? TransferResult::TakenBack
                                                              : TransferResult::GoneMeanwhile);
    leg->partner = CallId{};
    clear_deadline(*leg);
    if (leg->state != CallState::Ending) hang_up(*leg, reason);
}

void Engine::Core::transfer_is_settled(const Call& call, const Call& leg, TransferResult result) {
    emit(StoreTransfer{.call = call.id,
                       .attempt = call.attempt,
                       .campaign = call.campaign,
                       .agent = call.agent,
                       .target = leg.target,
                       .warm = leg.warm,
                       .result = result,
                       .at = now_.utc});
}

/// The agent has gone while somebody was asked to take over. If he is on the line already he has
/// the call; if he still rings, the one on hold waits for him.
void Engine::Core::agent_leaves_transfer(Call& call) {
    Call& leg = state.calls.at(call.partner);
    leg.agent = AgentId{};
    leg.warm = false;
    if (leg.state != CallState::Up) return;
    hand_over(call, leg);
}

Reply Engine::Core::hand_over_ordered(Agent& agent) {
    Call* call = talk_of(agent);
    Call* leg = call == nullptr ? nullptr : find_call(call->partner);
    if (leg == nullptr || leg->state != CallState::Up)
        return refused(ReplyCode::Conflict, "nobody is on the line to take the call over");
    hand_over(*call, *leg);
    return Reply{};
}

Reply Engine::Core::take_back(Agent& agent) {
    Call* call = talk_of(agent);
    if (call == nullptr || call->partner == CallId{})
        return refused(ReplyCode::Conflict, "no transfer is under way");
    if (Call* leg = find_call(call->partner); leg != nullptr && leg->state == CallState::Up)
        emit(Unbridge{leg->id, agent.leg});
    drop_partner(*call, HangUpReason::AgentDone);
    call->state = CallState::Bridged;
    emit(Bridge{call->id, agent.leg});
    return Reply{};
}

Reply Engine::Core::conference(Agent& agent) {
    Call* call = talk_of(agent);
    Call* leg = call == nullptr ? nullptr : find_call(call->partner);
    if (leg == nullptr || leg->state != CallState::Up)
        return refused(ReplyCode::Conflict, "nobody is on the line to talk with");
    if (call->state == CallState::Conference) return Reply{};
    call->state = CallState::Conference;
    emit(JoinCalls{call->id, agent.leg, leg->id});
    return Reply{};
}

}  // namespace bellwether::engine
