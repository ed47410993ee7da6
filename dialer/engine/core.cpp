#include "dialer/engine/core.h"

#include <algorithm>

#include "base/check.h"

namespace bellwether::engine {

Engine::Core::Core(EngineState initial, MakeRule make_rule)
    : state{std::move(initial)}, make_rule_{std::move(make_rule)} {
    index_deadlines();
}

void Engine::Core::handle(const Event& event, Now now) {
    BW_CHECK(actions.empty());
    BW_CHECK(now.elapsed >= now_.elapsed);
    now_ = now;

    std::visit([this](const auto& e) { on(e); }, event);

    // Nothing may be left for the next event: a snapshot taken now does not hold `touched_`.
    do {
        place_agents();
        pump_touched();
        tell_when_shutdown_is_ready();
    } while (!touched_.empty());
}

void Engine::Core::pump_touched() {
    while (!touched_.empty()) {
        const CampaignId id = *touched_.begin();
        touched_.erase(touched_.begin());
        const auto found = state.campaigns.find(id);
        if (found != state.campaigns.end()) pump(found->second);
    }
}

void Engine::Core::on(const EngineStarted& event) {
    BW_CHECK(event.trunk_lines >= 1 && event.trunk_calls_per_second > 0);
    state.epoch = event.epoch;
    state.ids_given = 0;
    state.trunk_lines = event.trunk_lines;
    state.trunk_calls_per_second = event.trunk_calls_per_second;
    state.trunk_rate = {1.0, now_.elapsed};
}

/// What is up there bears; with no trunk at all nothing is dialed, and what rings rings on.
void Engine::Core::on(const TrunksChanged& event) {
    BW_CHECK(event.lines >= 0);
    if (event.lines == 0 && state.trunk_lines > 0) emit(Alert{.kind = AlertKind::TrunksDown});
    state.trunk_lines = event.lines;
    if (event.calls_per_second > 0) state.trunk_calls_per_second = event.calls_per_second;
    touch_all();
}

void Engine::Core::on(const ClockStepped&) { touch_all(); }

void Engine::Core::on(const ShutdownOrdered& event) {
    state.shutting_down = true;
    stop_lines_in_flight(HangUpReason::Shutdown);
    if (!event.drain) end_everything();
    touch_all();
}

void Engine::Core::on(const StoreFailed&) {
    state.store_failed = true;
    state.shutting_down = true;
    stop_lines_in_flight(HangUpReason::Shutdown);
    withdraw_what_is_being_stored();
    // An interview waits for answers to become durable, which will not happen any more. People who
    // talk to an agent are left to finish.
    for (auto& [id, call] : state.calls) {
        if (call.state == CallState::Interviewing && is_with_agent(call)) {
            take_from_keypad(call);
        } else if (call.state == CallState::Interviewing || call.state == CallState::Parting) {
            end_contact(call, HangUpReason::Shutdown);
        }
    }
    touch_all();
}

void Engine::Core::stop_lines_in_flight(HangUpReason reason) {
    for (auto& [id, campaign] : state.campaigns) cancel_lines(campaign, reason);
}

/// Those whose attempt is being stored are withdrawn when the store answers.
void Engine::Core::end_everything() {
    for (auto& [id, call] : state.calls) {
        if (call.kind == CallKind::Contact || call.kind == CallKind::Inbound)
            end_contact(call, HangUpReason::Shutdown);
    }
    for (auto& [id, agent] : state.agents) {
        if (agent.state != AgentState::SignedOut) sign_out(agent, AgentReason::Shutdown);
    }
}

/// The store will not answer any more, and without its answer there is no INVITE.
void Engine::Core::withdraw_what_is_being_stored() {
    for (auto next = state.calls.begin(); next != state.calls.end();) {
        Call& call = (next++)->second;
        if (call.state != CallState::Storing) continue;
        withdraw(call, {compliance::Verdict::Defer, compliance::Rule::None, {}},
                 HangUpReason::Shutdown);
    }
}

void Engine::Core::tell_when_shutdown_is_ready() {
    if (!state.shutting_down || state.shutdown_told) return;

    bool contact_left = false;
    for (const auto& [id, call] : state.calls) {
        contact_left |= call.kind == CallKind::Contact || call.kind == CallKind::Inbound;
    }
    if (contact_left) return;

    for (auto& [id, agent] : state.agents) {
        if (agent.state != AgentState::SignedOut) sign_out(agent, AgentReason::Shutdown);
    }
    if (!state.calls.empty()) return;
    state.shutdown_told = true;
    emit(ShutdownReady{});
}

std::uint64_t Engine::Core::next_id() {
    constexpr unsigned kCounterBits = 32;  // 4 billion ids in one epoch; an epoch is one start
    ++state.ids_given;
    BW_CHECK(state.ids_given >> kCounterBits == 0);
    return (static_cast<std::uint64_t>(state.epoch) << kCounterBits) | state.ids_given;
}

Call* Engine::Core::find_call(CallId id) {
    const auto found = state.calls.find(id);
    return found == state.calls.end() ? nullptr : &found->second;
}

Campaign& Engine::Core::campaign_of(const Call& call) {
    const auto found = state.campaigns.find(call.campaign);
    BW_CHECK(found != state.campaigns.end());
    return found->second;
}

/// When the elapsed clock will stand at `at`, if nobody sets the other; never in the past.
Instant Engine::Core::elapsed_at(UtcTime at) const {
    return now_.elapsed + std::max(Duration{std::chrono::milliseconds{1}}, Duration{at - now_.utc});
}

void Engine::Core::touch_all() {
    for (const auto& [id, campaign] : state.campaigns) touched_.insert(id);
}

}  // namespace bellwether::engine
