#include "dialer/engine/engine.h"

#include <utility>

#include "base/check.h"
#include "dialer/engine/core.h"

namespace bellwether::engine {

Engine::Engine() : Engine{EngineState{}} {}
Engine::Engine(EngineState state, MakeRule make_rule)
    : core_{std::make_unique<Core>(std::move(state), std::move(make_rule))} {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

void Engine::handle(const Event& event, Now now) { core_->handle(event, now); }

std::optional<Action> Engine::poll_action() {
    if (core_->actions.empty()) return std::nullopt;
    Action action = std::move(core_->actions.front());
    core_->actions.pop_front();
    return action;
}

std::optional<Deadline> Engine::next_deadline() const { return core_->next_deadline(); }

const EngineState& Engine::state() const {
    BW_CHECK(core_->actions.empty());
    return core_->state;
}

}  // namespace bellwether::engine
