#include "simulator/whatif/figures.h"

#include <algorithm>
#include <chrono>

namespace bellwether::simulator {
namespace {

using engine::AgentState;

template <class T>
double share(T part, T whole) {
    return whole > T{} ? std::chrono::duration<double>(part).count() /
                             std::chrono::duration<double>(whole).count()
                       : 0.0;
}

}  // namespace

double Figures::abandonment() const {
    if (live_answers == 0) return 0;
    return static_cast<double>(abandoned) / static_cast<double>(live_answers);
}

double Figures::utilisation() const { return share(talk + wrap, staffed); }

std::optional<double> Figures::mean_wait_s() const {
    if (waits == 0) return std::nullopt;
    return std::chrono::duration<double>(waited).count() / static_cast<double>(waits);
}

void StaffClerk::agent_is(AgentId agent, AgentState state, Instant at) {
    Stay& stay = agents_[agent];
    const bool bridged = stay.state == AgentState::Ready && state == AgentState::OnCall;
    if (bridged && at < end_) {
        ++sums_.waits;
        sums_.waited += at - stay.since;
    }
    count(stay, at);
    stay = {state, at};
}

void StaffClerk::count(const Stay& stay, Instant until) {
    const Duration spent = std::max(Duration::zero(), std::min(until, end_) - stay.since);
    if (stay.state == AgentState::OnCall) sums_.talk += spent;
    if (stay.state == AgentState::WrapUp) sums_.wrap += spent;
    const bool here = stay.state == AgentState::OnCall || stay.state == AgentState::WrapUp ||
                      stay.state == AgentState::Ready;
    if (here) sums_.staffed += spent;
}

void StaffClerk::close(Instant at, Figures& figures) {
    for (const auto& [agent, stay] : agents_) count(stay, at);
    agents_.clear();
    figures.talk += sums_.talk;
    figures.wrap += sums_.wrap;
    figures.staffed += sums_.staffed;
    figures.waited += sums_.waited;
    figures.waits += sums_.waits;
    sums_ = {};
}

}  // namespace bellwether::simulator
