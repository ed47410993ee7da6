#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// What an agent does with the call he has: ends it, holds it, keeps card data out of its recording,
// and says how it came out.

namespace bellwether::engine {
namespace {

using campaigns::DispositionEffect;

Reply refused(ReplyCode code, std::string why) { return Reply{{}, code, std::move(why)}; }

}  // namespace

/// The call that he talks in, or has on hold; nullptr: none.
Call* Engine::Core::talk_of(const Agent& agent) {
    return agent.state == AgentState::OnCall ? find_call(agent.contact_call) : nullptr;
}

Reply Engine::Core::hang_up_talk(Agent& agent) {
    Call* call = talk_of(agent);
    if (call == nullptr) return refused(ReplyCode::Conflict, "the agent has no call");
    end_contact(*call, HangUpReason::AgentDone);
    return Reply{};
}

Reply Engine::Core::hold_talk(Agent& agent) {
    Call* call = talk_of(agent);
    if (call == nullptr || call->state != CallState::Bridged)
        return refused(ReplyCode::Conflict, "the agent has no call that could be held");
    const Campaign& campaign = campaign_of(*call);
    call->state = CallState::OnHold;
    emit(Unbridge{call->id, agent.leg});
    emit(HoldCall{call->id, campaign.spec.inbound ? campaign.spec.inbound->queue_prompt : ""});
    set_deadline(*call, now_.elapsed + campaign.spec.agents.hold_max, WakeReason::HoldTooLong);
    return Reply{};
}

Reply Engine::Core::resume_talk(Agent& agent) {
    Call* call = talk_of(agent);
    if (call == nullptr || call->state != CallState::OnHold)
        return refused(ReplyCode::Conflict, "the agent has no call on hold");
    clear_deadline(*call);
    call->state = CallState::Bridged;
    emit(Bridge{call->id, agent.leg});
    return Reply{};
}

/// Said once; whether to let him wait on is for people to decide.
void Engine::Core::hold_is_too_long(Call& call) {
    emit(Alert{AlertKind::HoldTooLong, call.campaign, call.agent, call.id});
    emit(TellAgent{call.agent, AgentNews::HoldTooLong, call.id});
}

Reply Engine::Core::pause_recording(Agent& agent, bool paused) {
    Call* call = talk_of(agent);
    if (call == nullptr) return refused(ReplyCode::Conflict, "the agent has no call");
    if (!campaign_of(*call).spec.record)
        return refused(ReplyCode::Refused, "the campaign's calls are not recorded");
    if (call->recording_paused == paused) return Reply{};
    call->recording_paused = paused;
    if (call->recording == RecordingStage::Begun) emit(PauseRecording{call->id, paused});
    if (call->recording == RecordingStage::Allowed) record(*call);  // put off until now
    return Reply{};
}

void Engine::Core::on(const AgentDisposed& event) {
    const auto found = state.agents.find(event.agent);
    Reply reply = found == state.agents.end() || found->second.last_call == CallId{}
                      ? refused(ReplyCode::Conflict, "the agent has had no call since signing in")
                      : dispose(found->second, event);
    reply.request = event.request;
    emit(std::move(reply));
}

Reply Engine::Core::dispose(Agent& agent, const AgentDisposed& event) {
    Campaign& campaign = state.campaigns.at(agent.last_campaign);
    const auto* chosen = campaigns::find_disposition(campaign.spec.agents.dispositions, event.code);
    if (chosen == nullptr) {
        return refused(ReplyCode::NotFound, "the campaign has no disposition \"" + event.code +
                                                "\": see [[dispositions]] in its file");
    }
    const bool calls_back = chosen->effect == DispositionEffect::CallBack;
    if (calls_back && agent.last_contact == ContactId{})
        return refused(ReplyCode::Refused, "nobody knows who the caller is: he cannot be called");
    if (calls_back && (!event.due || *event.due <= now_.utc))
        return refused(ReplyCode::Refused, "a callback needs a time to come");
    const bool has_refused = agent.last_refusal == RefusalTold::ByInterview;
    if (calls_back && has_refused) {
        return refused(ReplyCode::Conflict,
                       "the contact refused the interview in this call: whether he is called again "
                       "is settled by the campaign's [conversion]");
    }

    Call* alive = find_call(agent.last_call);
    if (alive != nullptr && alive->kind == CallKind::AgentLeg) alive = nullptr;
    StoreDisposition kept{
        .call = agent.last_call,
        .attempt = agent.last_attempt,
        .campaign = agent.last_campaign,
        .contact = agent.last_contact,
        .agent = agent.id,
        .code = chosen->code,
        .note = event.note,
        .settles = !has_refused && (alive == nullptr || alive->kind != CallKind::Contact),
        .due = std::nullopt,
        .at = now_.utc};
    take_refusal_back(agent);
    if (chosen->effect == DispositionEffect::Retry && !has_refused)
        kept.due = now_.utc + chosen->delay;
    if (calls_back) kept.due = event.due;
    if (kept.settles) drop_offers_of(campaign, agent.last_contact);
    emit(kept);
    if (chosen->effect == DispositionEffect::DoNotCall && agent.last_number != NumberId{}) {
        emit(StoreSuppression{.number = agent.last_number,
                              .client = campaign.spec.client,
                              .attempt = agent.last_attempt,
                              .at = now_.utc,
                              .agent = agent.id});
    }
    if (calls_back) {
        emit(StoreCallback{.callback = CallbackId{next_id()},
                           .campaign = agent.last_campaign,
                           .client = campaign.spec.client,
                           .contact = agent.last_contact,
                           .attempt = agent.last_attempt,
                           .agent = event.mine ? agent.id : AgentId{},
                           .due = *event.due,
                           .loose = event.loose,
                           .at = now_.utc});
    }
    if (alive != nullptr && !has_refused) {
        alive->is_settled = true;
        alive->settled_due = kept.due;
    }
    if (kept.due) expect_contact_at(campaign, *kept.due);
    if (chosen->effect == DispositionEffect::Refusal && agent.last_attempt != AttemptId{} &&
        !has_refused) {
        settle_refusal(agent, RefusalTold::ByDisposition, chosen->strength, false);
    }
    touch(agent.last_campaign);
    return Reply{};
}

/// What an agent has settled is not dialed on top of that.
void Engine::Core::drop_offers_of(Campaign& campaign, ContactId contact) {
    const auto drop_from = [&](auto& offers) {
        std::erase_if(offers, [&](const campaigns::ContactOffer& offer) {
            if (offer.contact != contact) return false;
            emit(ReleaseContact{campaign.spec.id,
                                contact,
                                {compliance::Verdict::Allow, compliance::Rule::None, {}},
                                now_.utc});
            return true;
        });
    };
    drop_from(campaign.offers);
    drop_from(campaign.promised);
    drop_from(campaign.conversions);
}

}  // namespace bellwether::engine
