#include <algorithm>

#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// Agents: their nailed-up legs, their states, and who takes the next call.

namespace bellwether::engine {
namespace {

using namespace std::chrono_literals;

// An agent who signs in is at his phone: as long as a contact is given by default (CampaignSpec).
constexpr auto kPhoneRingLimit = 25s;

Reply refused(ReplyCode code, std::string why) { return Reply{{}, code, std::move(why)}; }

}  // namespace

void Engine::Core::on(const AgentSignedIn& event) {
    const auto reply = [&](ReplyCode code, std::string why) {
        if (code != ReplyCode::Done && event.leg != CallId{})
            emit(HangUp{event.leg, HangUpReason::NotTaken});
        emit(Reply{event.request, code, std::move(why)});
    };
    const auto campaign = state.campaigns.find(event.campaign);
    if (campaign == state.campaigns.end())
        return reply(ReplyCode::NotFound, "the engine knows no such campaign");
    if (!takes_agents(campaign->second)) {
        return reply(ReplyCode::Refused, "the campaign is unattended: it has no agents");
    }
    if (state.shutting_down) return reply(ReplyCode::Refused, "the service is shutting down");

    if (event.shift_ends && *event.shift_ends <= now_.utc)
        return reply(ReplyCode::Refused, "the agent's shift is over");

    Agent& agent = state.agents[event.agent];
    if (agent.id != AgentId{} && (agent.state != AgentState::SignedOut || agent.leg != CallId{})) {
        return reply(ReplyCode::Conflict, "the agent is signed in already");
    }
    agent = Agent{.id = event.agent,
                  .campaign = event.campaign,
                  .ready_wanted = event.ready,
                  .serves = {event.campaign},
                  .skills = event.skills,
                  .shift_ends = event.shift_ends};
    for (const CampaignId further : event.further) {
        const bool is_new = std::ranges::find(agent.serves, further) == agent.serves.end();
        if (is_new && state.campaigns.contains(further)) agent.serves.push_back(further);
    }
    if (event.leg == CallId{}) {
        ring_phone(agent);
    } else {
        take_up(agent, event.leg);
    }
    reply(ReplyCode::Done, {});
}

/// He has called us: the leg that he is on is the one that stays up.
void Engine::Core::take_up(Agent& agent, CallId id) {
    Call leg{.id = id,
             .kind = CallKind::AgentLeg,
             .state = CallState::Inviting,
             .campaign = agent.campaign,
             .agent = agent.id};
    agent.leg = id;
    set_agent(agent, AgentState::CallingPhone, AgentReason::Asked);
    Call& kept = state.calls.emplace(id, leg).first->second;
    emit(AnswerCall{id});
    set_deadline(kept, now_.elapsed + kPhoneRingLimit, WakeReason::RingLimit);
}

void Engine::Core::ring_phone(Agent& agent) {
    Call leg{.id = CallId{next_id()},
             .kind = CallKind::AgentLeg,
             .state = CallState::Inviting,
             .campaign = agent.campaign,
             .agent = agent.id};
    agent.leg = leg.id;
    set_agent(agent, AgentState::CallingPhone, AgentReason::Asked);
    emit(RingAgent{leg.id, agent.id});
    Call& kept = state.calls.emplace(leg.id, leg).first->second;
    set_deadline(kept, now_.elapsed + kPhoneRingLimit, WakeReason::RingLimit);
}

void Engine::Core::leg_is_up(Call& leg) {
    Agent& agent = state.agents.at(leg.agent);
    clear_deadline(leg);
    if (agent.leg != leg.id || leg.state == CallState::Ending)
        return hang_up(leg, HangUpReason::SignOut);
    leg.state = CallState::Up;
    set_agent(agent, agent.ready_wanted ? AgentState::Ready : AgentState::Paused,
              AgentReason::SignedIn);
    say_to_agent(agent, agent.ready_wanted ? "ready" : "paused");
}

void Engine::Core::leg_is_gone(Call& leg) {
    Agent& agent = state.agents.at(leg.agent);
    clear_deadline(leg);
    if (agent.leg == leg.id) lose_leg(agent);
    state.calls.erase(CallId{leg.id});
    stop_dialing_without_agents(agent.campaign);
}

/// The agent has no phone any more, whatever becomes of the leg.
void Engine::Core::lose_leg(Agent& agent) {
    const CallId leg = agent.leg;
    agent.leg = CallId{};
    end_listeners(agent);
    if (agent.state == AgentState::CallingPhone) {
        emit(Alert{AlertKind::AgentPhoneNoAnswer, agent.campaign, agent.id, leg});
        set_agent(agent, AgentState::SignedOut, AgentReason::PhoneNoAnswer);
    } else if (agent.state != AgentState::SignedOut) {
        take_off_call(agent, leg);
        emit(Alert{AlertKind::AgentPhoneLost, agent.campaign, agent.id, leg});
        set_agent(agent, AgentState::Paused, AgentReason::PhoneLost);
    }
}

/// No audio from his phone: it is gone though nobody said so. Nobody may be put through to it while
/// our BYE waits for an answer.
void Engine::Core::leg_is_silent(Call& leg) {
    if (leg.state != CallState::Up) return;
    Agent& agent = state.agents.at(leg.agent);
    if (agent.leg == leg.id) lose_leg(agent);
    hang_up(leg, HangUpReason::PeerSilent);
    stop_dialing_without_agents(agent.campaign);
}

void Engine::Core::on(const AgentPhoneLost& event) {
    const auto found = state.agents.find(event.agent);
    if (found == state.agents.end()) return;
    Agent& agent = found->second;
    // The leg may well be alive though the registration is gone: a talk goes on, the next call does
    // not come.
    if (agent.state == AgentState::OnCall) {
        agent.pause_wanted = true;
    } else if (agent.state == AgentState::Ready || agent.state == AgentState::WrapUp) {
        set_agent(agent, AgentState::Paused, AgentReason::PhoneLost);
    } else {
        return;
    }
    emit(Alert{AlertKind::AgentPhoneLost, agent.campaign, agent.id, agent.leg});
    stop_dialing_without_agents(agent.campaign);
}

void Engine::Core::on(const AgentOrdered& event) {
    const auto found = state.agents.find(event.agent);
    Reply reply = found == state.agents.end() || found->second.state == AgentState::SignedOut
                      ? refused(ReplyCode::Conflict, "the agent is not signed in")
                      : obey(found->second, event.order, event.code);
    reply.request = event.request;
    emit(std::move(reply));
}

Reply Engine::Core::obey(Agent& agent, AgentOrder order, std::string_view code) {
    switch (order) {
        case AgentOrder::Ready:
            get_ready(agent);
            break;
        case AgentOrder::Pause:
            return pause(agent, code);
        case AgentOrder::WrapUp:
            if (agent.state != AgentState::WrapUp) {
                return refused(ReplyCode::Conflict, "the agent is not in wrap-up");
            }
            wrap_up_is_over(agent, AgentReason::Asked);
            break;
        case AgentOrder::SignOut:
            agent.sign_out_wanted = agent.state == AgentState::OnCall;
            if (!agent.sign_out_wanted) sign_out(agent, AgentReason::Asked);
            break;
        case AgentOrder::Leave:
            leave(agent);
            break;
        case AgentOrder::Kick:
            sign_out(agent, AgentReason::Kicked);
            break;
        case AgentOrder::DialNext:
            return dial_next(agent);
        case AgentOrder::Skip:
            return skip_preview(agent);
        case AgentOrder::HangUp:
            return hang_up_talk(agent);
        case AgentOrder::Hold:
            return hold_talk(agent);
        case AgentOrder::Resume:
            return resume_talk(agent);
        case AgentOrder::PauseRecording:
            return pause_recording(agent, true);
        case AgentOrder::ResumeRecording:
            return pause_recording(agent, false);
        case AgentOrder::HandOver:
            return hand_over_ordered(agent);
        case AgentOrder::TakeBack:
            return take_back(agent);
        case AgentOrder::Conference:
            return conference(agent);
    }
    return Reply{};
}

void Engine::Core::get_ready(Agent& agent) {
    agent.pause_wanted = false;
    agent.pause_code.clear();
    agent.leave_wanted = false;
    agent.ready_wanted = true;
    if (agent.state == AgentState::OnCall || agent.state == AgentState::CallingPhone ||
        agent.state == AgentState::Ready)
        return;
    if (agent.leg == CallId{}) {
        ring_phone(agent);
    } else {
        wrap_up_is_over(agent, AgentReason::Asked);
    }
}

Reply Engine::Core::pause(Agent& agent, std::string_view code) {
    std::string known;
    if (!code.empty()) {
        const auto& codes = state.campaigns.at(agent.campaign).spec.agents.pause_codes;
        const campaigns::PauseCode* found = campaigns::find_pause_code(codes, code);
        if (found == nullptr) {
            return refused(ReplyCode::NotFound, "the campaign has no such pause code");
        }
        known = found->code;
    }
    const bool on_call = agent.state == AgentState::OnCall;
    const bool same_pause = agent.state == AgentState::Paused && agent.pause_code == known;
    agent.ready_wanted = false;
    agent.pause_wanted = on_call;
    agent.pause_code = std::move(known);
    if (on_call || agent.state == AgentState::CallingPhone || same_pause) return Reply{};
    if (agent.leave_wanted) {
        sign_out(agent, AgentReason::Asked);
        return Reply{};
    }
    set_agent(agent, AgentState::Paused, AgentReason::Asked);
    stop_dialing_without_agents(agent.campaign);
    return Reply{};
}

Reply Engine::Core::dial_next(Agent& agent) {
    const pacing::DialMode mode = state.campaigns.at(agent.campaign).spec.mode;
    const bool preview = mode == pacing::DialMode::Preview;
    if (mode != pacing::DialMode::Manual && !preview) {
        return refused(ReplyCode::Refused,
                       "the campaign does not dial by hand: its mode is not MANUAL or PREVIEW");
    }
    if (agent.state != AgentState::Ready)
        return refused(ReplyCode::Conflict, "the agent is not ready");
    if (has_line(agent)) return refused(ReplyCode::Conflict, "a call for the agent is under way");
    if (preview && !agent.preview)
        return refused(ReplyCode::Conflict, "there is no contact on the agent's screen");
    agent.lines_asked = 1;
    touch(agent.campaign);
    return Reply{};
}

/// His call has ended: wrap-up, or what he asked for meanwhile.
void Engine::Core::contact_is_over(Agent& agent) {
    BW_CHECK(agent.state == AgentState::OnCall);
    const Call& call = state.calls.at(agent.contact_call);
    const auto talk = std::chrono::duration<double>(now_.elapsed - call.bridged_at);
    learn(campaign_of(call), pacing::TalkEnded{agent.id, talk.count()});
    agent.contact_call = CallId{};
    if (agent.sign_out_wanted) return sign_out(agent, AgentReason::Asked);
    if (agent.pause_wanted) {
        agent.pause_wanted = false;
        if (agent.leave_wanted) return sign_out(agent, AgentReason::Asked);
        set_agent(agent, AgentState::Paused, AgentReason::Asked);
        return stop_dialing_without_agents(agent.campaign);
    }
    set_agent(agent, AgentState::WrapUp, AgentReason::CallOver);
    const auto wrap_up = state.campaigns.at(agent.campaign).spec.wrap_up;
    if (wrap_up.count() > 0) set_deadline(agent, now_.elapsed + wrap_up, WakeReason::WrapUpOver);
}

/// He takes calls again, or goes home if he wanted to.
void Engine::Core::wrap_up_is_over(Agent& agent, AgentReason reason) {
    if (agent.leave_wanted) return sign_out(agent, AgentReason::Asked);
    agent.pause_code.clear();
    set_agent(agent, AgentState::Ready, reason);
}

/// He was given a machine: nothing to write up, and the next call may come.
void Engine::Core::machine_is_gone(Agent& agent) {
    if (agent.state == AgentState::WrapUp) wrap_up_is_over(agent, AgentReason::MachineGone);
}

/// The end of a shift: no call is cut short, and no other begins.
void Engine::Core::leave(Agent& agent) {
    if (agent.state != AgentState::OnCall && agent.state != AgentState::WrapUp) {
        return sign_out(agent, AgentReason::Asked);
    }
    agent.leave_wanted = true;
    stop_dialing_without_agents(agent.campaign);
}

/// No call is cut short by the end of a shift, and no other begins.
void Engine::Core::shift_is_over(Agent& agent) {
    emit(TellAgent{agent.id, AgentNews::ShiftOver, {}});
    agent.shift_ends.reset();
    if (agent.state == AgentState::OnCall || agent.state == AgentState::WrapUp) {
        return leave(agent);
    }
    sign_out(agent, AgentReason::ShiftOver);
}

/// The agent goes away in the middle of a talk: the contact waits for another one, unless he
/// answers by keypad meanwhile.
void Engine::Core::take_off_call(Agent& agent, CallId leg) {
    if (agent.contact_call == CallId{}) return;
    Call& call = state.calls.at(agent.contact_call);
    emit(Unbridge{call.id, leg});
    agent.contact_call = CallId{};
    agent.pause_wanted = false;
    call.agent = AgentId{};
    if (call.state == CallState::Interviewing) return;
    if (call.partner != CallId{}) return agent_leaves_transfer(call);
    clear_deadline(call);
    wait_for_agent(call);
}

void Engine::Core::sign_out(Agent& agent, AgentReason reason) {
    take_off_call(agent, agent.leg);
    end_listeners(agent);
    Call* leg = find_call(agent.leg);
    set_agent(agent, AgentState::SignedOut, reason);
    agent.sign_out_wanted = false;
    agent.leave_wanted = false;
    if (leg != nullptr && leg->state != CallState::Ending) hang_up(*leg, HangUpReason::SignOut);
    stop_dialing_without_agents(agent.campaign);
}

void Engine::Core::set_agent(Agent& agent, AgentState agent_state, AgentReason reason) {
    clear_deadline(agent);
    if (agent.state == AgentState::WrapUp) wrap_up_learnt(agent, agent_state);
    if (agent_state != AgentState::Ready) {
        agent.lines_asked = 0;
        drop_preview(agent);
    }
    agent.keys.clear();
    agent.state = agent_state;
    agent.reason = reason;
    agent.since = now_.elapsed;
    const std::string code = agent_state == AgentState::Paused ? agent.pause_code : std::string{};
    emit(StoreAgentState{agent.id, agent_state, reason, agent.campaign, code, now_.utc});
    const bool is_in =
        agent_state != AgentState::SignedOut && agent_state != AgentState::CallingPhone;
    if (is_in && agent.shift_ends)
        set_deadline(agent, elapsed_at(*agent.shift_ends), WakeReason::ShiftOver);
    for (const CampaignId served : agent.serves) touch(served);
    touch(agent.campaign);
}

void Engine::Core::wrap_up_learnt(const Agent& agent, AgentState next) {
    const auto wrap_up = std::chrono::duration<double>(now_.elapsed - agent.since);
    const bool left = next != AgentState::Ready && !agent.leave_wanted;
    learn(state.campaigns.at(agent.campaign), pacing::WrapUpEnded{agent.id, wrap_up.count(), left});
}

int Engine::Core::agents_at_work(CampaignId campaign) const {
    int count = 0;
    for (const auto& [id, agent] : state.agents) {
        const bool at_work = agent.state == AgentState::Ready ||
                             agent.state == AgentState::OnCall || agent.state == AgentState::WrapUp;
        if (agent.campaign == campaign && at_work && !agent.leave_wanted) ++count;
    }
    return count;
}

/// A line that rings for nobody is cancelled: all of a campaign whose agents have left, and in
/// manual mode the one of the agent who left.
void Engine::Core::stop_dialing_without_agents(CampaignId id) {
    touch(id);
    const auto found = state.campaigns.find(id);
    if (found == state.campaigns.end() || nobody_needs_agents(found->second)) return;
    if (agents_at_work(id) == 0) return cancel_lines(found->second, HangUpReason::AgentsGone);

    for (auto& [call_id, call] : state.calls) {
        if (call.kind != CallKind::Contact || call.campaign != id) continue;
        const bool rings = call.state == CallState::Inviting || call.state == CallState::Ringing;
        if (rings && nobody_for(call)) hang_up(call, HangUpReason::AgentsGone);
    }
}

bool Engine::Core::nobody_needs_agents(const Campaign& campaign) {
    return campaign.spec.mode == pacing::DialMode::Unattended;
}

/// Has everybody left who could take this call if it were answered? In manual mode that is the one
/// agent who asked for it.
bool Engine::Core::nobody_for(const Call& call) const {
    if (nobody_needs_agents(state.campaigns.at(call.campaign))) return false;
    if (call.agent == AgentId{}) return agents_at_work(call.campaign) == 0;
    const auto agent = state.agents.find(call.agent);
    return agent == state.agents.end() || agent->second.state != AgentState::Ready;
}

}  // namespace bellwether::engine
