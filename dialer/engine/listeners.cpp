#include "base/check.h"
#include "dialer/engine/core.h"
#include "dialer/engine/set_deadline.h"

// Supervisors who listen to an agent at work, whisper to him, or join in.

namespace bellwether::engine {
namespace {

using namespace std::chrono_literals;

constexpr auto kPhoneRingLimit = 25s;  // he has asked for it: as long as an agent at sign-in

Reply refused(ReplyCode code, std::string why) { return Reply{{}, code, std::move(why)}; }

}  // namespace

void Engine::Core::on(const SupervisorCame& event) {
    const auto found = state.agents.find(event.agent);
    Reply reply = found == state.agents.end() || found->second.leg == CallId{}
                      ? refused(ReplyCode::Conflict, "the agent is not signed in")
                      : listen_to(found->second, event);
    reply.request = event.request;
    emit(std::move(reply));
}

Reply Engine::Core::listen_to(Agent& agent, const SupervisorCame& event) {
    for (auto& [id, leg] : state.calls) {
        const bool is_his = leg.kind == CallKind::Listener && leg.agent == agent.id &&
                            leg.target == event.phone && leg.state != CallState::Ending;
        if (!is_his) continue;
        leg.role = event.role;
        if (event.role == ListenRole::Leave) {
            hang_up(leg, HangUpReason::ListenerGone);
        } else if (leg.state == CallState::Up) {
            emit(Listen{agent.leg, leg.id, leg.role});
        }
        return Reply{};
    }
    if (event.role == ListenRole::Leave)
        return refused(ReplyCode::NotFound, "that phone does not listen to the agent");
    Call leg{.id = CallId{next_id()},
             .kind = CallKind::Listener,
             .state = CallState::Inviting,
             .campaign = agent.campaign,
             .agent = agent.id,
             .target = event.phone,
             .role = event.role};
    emit(RingSupervisor{leg.id, leg.target});
    Call& kept = state.calls.emplace(leg.id, std::move(leg)).first->second;
    set_deadline(kept, now_.elapsed + kPhoneRingLimit, WakeReason::RingLimit);
    return Reply{};
}

void Engine::Core::listener_answered(Call& leg) {
    clear_deadline(leg);
    const Agent& agent = state.agents.at(leg.agent);
    if (leg.state == CallState::Ending || agent.leg == CallId{})
        return hang_up(leg, HangUpReason::ListenerGone);
    leg.state = CallState::Up;
    emit(Listen{agent.leg, leg.id, leg.role});
}

void Engine::Core::listener_is_gone(Call& leg) {
    clear_deadline(leg);
    state.calls.erase(CallId{leg.id});
}

/// The agent's phone is gone: nothing is left to listen to.
void Engine::Core::end_listeners(const Agent& agent) {
    for (auto& [id, leg] : state.calls) {
        const bool is_his = leg.kind == CallKind::Listener && leg.agent == agent.id;
        if (is_his && leg.state != CallState::Ending) hang_up(leg, HangUpReason::ListenerGone);
    }
}

}  // namespace bellwether::engine
