#include <algorithm>
#include <charconv>
#include <string>

#include "base/check.h"
#include "dialer/engine/agent_keys.h"
#include "dialer/engine/core.h"

// Agents who have a phone and nothing else: they work by its keys, and hear what they have done.

namespace bellwether::engine {
namespace {

using namespace std::chrono_literals;

std::string_view phrase_of(AgentState state) {
    switch (state) {
        case AgentState::Ready:
            return "ready";
        case AgentState::Paused:
            return "paused";
        case AgentState::WrapUp:
            return "wrap-up";
        case AgentState::OnCall:
            return "on-call";
        default:
            return "signed-out";
    }
}

std::chrono::hours hours_of(std::string_view digits) {
    int hours = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), hours);
    return std::chrono::hours{hours};
}

}  // namespace

void Engine::Core::agent_key(Call& leg, char key) {
    Agent& agent = state.agents.at(leg.agent);
    if (agent.leg != leg.id || leg.state != CallState::Up) return;
    agent.keys += key;
    const bool writes_up = agent.state == AgentState::WrapUp;
    const std::string typed = agent.keys;
    const KeysRead read = read_agent_keys(typed, writes_up);
    if (read.are == KeysAre::Unfinished) return;
    agent.keys.clear();
    // In a talk, keys that are no command are meant for somebody else: a menu, a bank.
    if (read.are == KeysAre::Senseless) {
        if (agent.state != AgentState::OnCall) say_to_agent(agent, "not-understood");
        return;
    }
    obey_keys(agent, typed);
}

void Engine::Core::obey_keys(Agent& agent, std::string_view typed) {
    const bool writes_up = agent.state == AgentState::WrapUp;
    const AgentKeys keys = read_agent_keys(typed, writes_up).keys;
    Reply done;
    switch (keys.command) {
        case AgentCommand::Ready:
            get_ready(agent);
            break;
        case AgentCommand::Pause:
            done = pause(agent, keys.detail);
            break;
        case AgentCommand::HangUp:
            done = hang_up_talk(agent);
            break;
        case AgentCommand::Hold: {
            const Call* call = talk_of(agent);
            const bool held = call != nullptr && call->state == CallState::OnHold;
            done = held ? resume_talk(agent) : hold_talk(agent);
            break;
        }
        case AgentCommand::CallBack: {
            const auto& all = state.campaigns.at(agent.campaign).spec.agents.dispositions;
            const auto callback = std::ranges::find(all, campaigns::DispositionEffect::CallBack,
                                                    &campaigns::Disposition::effect);
            const std::string code = callback == all.end() ? std::string{} : callback->code;
            done = agent.last_call == CallId{}
                       ? Reply{{}, ReplyCode::Conflict, {}}
                       : dispose(agent, {.agent = agent.id,
                                         .code = code,
                                         .due = now_.utc + hours_of(keys.detail),
                                         .mine = true});
            break;
        }
        case AgentCommand::Dispose:
            done = agent.last_call == CallId{}
                       ? Reply{{}, ReplyCode::Conflict, {}}
                       : dispose(agent, {.agent = agent.id, .code = std::string{keys.detail}});
            if (done.code == ReplyCode::Done && agent.state == AgentState::WrapUp)
                wrap_up_is_over(agent, AgentReason::Asked);
            break;
        case AgentCommand::SignOut:
            return sign_out(agent, AgentReason::Asked);
        case AgentCommand::Where:
            break;
    }
    if (agent.state == AgentState::OnCall && done.code == ReplyCode::Done) return;
    say_to_agent(agent, done.code == ReplyCode::Done ? phrase_of(agent.state) : "not-possible");
}

/// Words for his ear alone; who is in a talk is not talked over.
void Engine::Core::say_to_agent(const Agent& agent, std::string_view phrase) {
    Call* leg = find_call(agent.leg);
    if (leg == nullptr || leg->state != CallState::Up) return;
    if (!state.campaigns.at(agent.campaign).spec.agents.speaks) return;
    play(*leg, {"agent/" + std::string{phrase}});
}

}  // namespace bellwether::engine
