#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// What happens to a person who answered: an agent, an interview, a notice, or the safe-harbour
// message.

namespace bellwether::engine {
namespace {

using campaigns::Outcome;
using namespace std::chrono_literals;

// An opt-out is a group commit away; should the store never answer, the call still ends.
constexpr auto kOptOutStoredWithin = 10s;

}  // namespace

void Engine::Core::contact_answered(Call& call) {
    Campaign& campaign = campaign_of(call);
    // Where there are agents, they ask.
    const bool is_asked_by_keypad = campaign.spec.questionnaire && nobody_needs_agents(campaign);
    const bool is_spoken_to = is_asked_by_keypad || campaign.spec.notice_prompt;
    if (is_spoken_to && announces_first(call)) return;
    if (is_asked_by_keypad) return start_interview(call);
    if (campaign.spec.notice_prompt) {
        call.state = CallState::Notice;
        milestone(call, Milestone::Spoken);
        return play(call, {*campaign.spec.notice_prompt});
    }
    wait_for_agent(call);
}

void Engine::Core::wait_for_agent(Call& call) {
    Campaign& campaign = campaign_of(call);
    call.state = CallState::Waiting;
    campaign.waiting.push_back(call.id);
    if (call.interview) {
        set_deadline(call, now_.elapsed + form_of(campaign).handover_wait,
                     WakeReason::ConnectWithin);
        emit(HoldCall{call.id, hold_prompt(call)});
    } else if (call.kind == CallKind::Inbound) {
        set_deadline(call, now_.elapsed + campaign.spec.inbound->queue_max,
                     WakeReason::QueueTooLong);
        emit(HoldCall{call.id, campaign.spec.inbound->queue_prompt});
    } else {
        set_deadline(call, connect_by(call), WakeReason::ConnectWithin);
    }
    touch(call.campaign);
}

/// The agents that are free take the people who wait, the oldest first, before any line is started.
void Engine::Core::serve_waiting(Campaign& campaign) {
    for (std::size_t i = 0; i < campaign.waiting.size();) {
        Call& call = state.calls.at(campaign.waiting[i]);
        Agent* agent = agent_for(call);
        if (agent == nullptr) {
            ++i;
            continue;
        }
        campaign.waiting.erase(campaign.waiting.begin() + static_cast<std::ptrdiff_t>(i));
        bridge(call, *agent);
    }
}

void Engine::Core::bridge(Call& call, Agent& agent) {
    BW_CHECK(agent.state == AgentState::Ready && agent.leg != CallId{});
    clear_deadline(call);
    call.state = CallState::Bridged;
    release_agent(call);
    if (!call.connected && call.kind == CallKind::Contact) {
        learn(campaign_of(call), pacing::LiveAnswerResolved{.abandoned = false});
    }
    call.connected = true;
    call.bridged_at = now_.elapsed;
    call.agent = agent.id;
    agent.contact_call = call.id;
    agent.last_attempt = call.attempt;
    agent.last_call = call.id;
    agent.last_contact = call.contact;
    agent.last_number = call.number;
    agent.last_campaign = call.campaign;
    agent.last_attempts_made = call.attempts_made;
    agent.last_refused = call.refused;
    agent.last_refusal = RefusalTold::No;
    agent.last_review = call.review;
    if (agent.campaign != call.campaign) move_agent(agent, call.campaign);
    set_agent(agent, AgentState::OnCall, AgentReason::CallBridged);
    milestone(call, Milestone::Connected);
    emit(Bridge{call.id, agent.leg});
    announce_to_both(call, agent.leg);
    emit(
        ShowContact{agent.id, call.id, call.attempt, call.contact, call.kind == CallKind::Inbound});
    ask_by_interviewer(call);
    // A line that rings for this agent alone would find him busy.
    if (campaign_of(call).spec.mode == pacing::DialMode::Manual) {
        stop_dialing_without_agents(call.campaign);
    }
}

void Engine::Core::unbridge(Call& call) {
    Agent& agent = state.agents.at(call.agent);
    drop_announcement(call);
    emit(Unbridge{call.id, agent.leg});
    contact_is_over(agent);
}

/// Promise R8: nobody is free in time; he hears the message and counts as abandoned. One whose
/// agent was lost in the middle of the talk hears it too, and does not count.
void Engine::Core::nobody_came(Call& call) {
    Campaign& campaign = campaign_of(call);
    std::erase(campaign.waiting, call.id);
    release_agent(call);
    const bool asked_for_agent =
        call.interview && call.interview->state.phase == campaigns::form::Phase::Handover;
    if (asked_for_agent) return no_agent_for_interview(call);
    if (call.interview && nobody_needs_agents(campaign)) return go_on_by_keypad(call);
    if (!call.connected) count_abandoned(campaign);
    call.state = CallState::SafeHarbour;
    milestone(call, Milestone::Spoken);
    play(call, {campaign.spec.safe_harbour_prompt});
    touch(call.campaign);
}

void Engine::Core::play(Call& call, std::vector<std::string> prompts) {
    call.playback = next_id();
    if (call.recording == RecordingStage::Announcing) call.recording = RecordingStage::None;
    emit(Play{call.id, call.playback, std::move(prompts)});
}

void Engine::Core::on(const PlaybackEnded& event) {
    Call* call = find_call(event.call);
    if (call == nullptr || call->playback != event.playback) return;
    call->playback = 0;
    if (call->recording == RecordingStage::Announcing)
        return announcement_ended(*call, event.completed);
    switch (call->state) {
        case CallState::Interviewing:
            return interview_prompt_ended(*call);
        case CallState::Menu:
            return menu_prompt_ended(*call);
        case CallState::Notice:
            call->outcome = event.completed ? Outcome::NoticePlayed : Outcome::HungUp;
            return end_contact(*call, HangUpReason::NoticeDone);
        case CallState::LeavingMessage:
            call->outcome = event.completed ? Outcome::MessageLeft : Outcome::Machine;
            return end_contact(*call, HangUpReason::MessageDone);
        case CallState::SafeHarbour:
            return end_contact(
                *call, call->connected ? HangUpReason::AgentLost : HangUpReason::SafeHarbourDone);
        default:
            return;
    }
}

void Engine::Core::on(const KeyPressed& event) {
    Call* call = find_call(event.call);
    if (call == nullptr) return;
    if (call->kind == CallKind::AgentLeg) return agent_key(*call, event.key);
    if (call->kind == CallKind::Inbound) return menu_key(*call, event.key);
    if (call->kind != CallKind::Contact) return;
    const Campaign& campaign = campaign_of(*call);
    if (call->state == CallState::Interviewing) {
        return interview_key(*call, event.key);
    }
    const bool may_opt_out = call->state == CallState::Notice ||
                             call->state == CallState::SafeHarbour ||
                             call->state == CallState::Announcing;
    if (may_opt_out && campaign.spec.opt_out_key == event.key) opt_out(*call);
}

void Engine::Core::opt_out(Call& call) {
    if (call.playback != 0) emit(StopPlaying{call.id});
    call.playback = 0;
    const bool abandoned = call.state == CallState::SafeHarbour && !call.connected;
    call.outcome = abandoned ? Outcome::Abandoned : Outcome::OptedOut;
    call.state = CallState::Parting;
    set_deadline(call, now_.elapsed + kOptOutStoredWithin, WakeReason::OptOutStored);
    emit(StoreSuppression{call.number, campaign_of(call).spec.client, call.attempt, now_.utc});
}

void Engine::Core::opt_out_is_stored(Call& call) {
    if (call.state == CallState::Parting) return end_contact(call, HangUpReason::DoNotCall);
    if (is_being_interviewed(call)) interview_opt_out_stored(call);
}

}  // namespace bellwether::engine
