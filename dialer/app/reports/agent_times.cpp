#include "dialer/app/reports/agent_times.h"

#include <algorithm>

namespace bellwether::app {

using engine::AgentState;

AgentTimes agent_times(const std::vector<store::AgentStateRecord>& states, store::Period period,
                       UtcTime now) {
    AgentTimes times;
    const UtcTime end = std::min(period.to, now);
    bool was_signed_in = !states.empty() && states.front().at < period.from &&
                         states.front().state != AgentState::SignedOut;
    for (std::size_t i = 0; i < states.size(); ++i) {
        const auto& state = states[i];
        const UtcTime begun = std::max(state.at, period.from);
        const UtcTime over = std::min(i + 1 < states.size() ? states[i + 1].at : end, end);
        const AgentTimes::Seconds spent = std::max(over, begun) - begun;
        const bool signed_in = state.state != AgentState::SignedOut;
        if (signed_in && !was_signed_in) ++times.sign_ins;
        was_signed_in = signed_in;
        if (!signed_in) continue;
        times.signed_in += spent;
        switch (state.state) {
            case AgentState::SignedOut:
                break;
            case AgentState::CallingPhone:
                times.calling_phone += spent;
                break;
            case AgentState::Paused:
                times.paused += spent;
                times.paused_by[state.code.empty() ? std::string{name_of(state.reason)}
                                                   : state.code] += spent;
                break;
            case AgentState::Ready:
                times.ready += spent;
                break;
            case AgentState::OnCall:
                times.talk += spent;
                break;
            case AgentState::WrapUp:
                times.wrap_up += spent;
                break;
        }
    }
    return times;
}

}  // namespace bellwether::app
