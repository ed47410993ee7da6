#pragma once

#include <string>

#include "base/rng.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "simulator/world/scenario.h"
#include "simulator/world/wire.h"

namespace bellwether::simulator {

/// What agents do with the interview of their call: they type answers, good and bad ones, to the
/// item at hand and now and then to another, go back, note, give the person to the keypad and take
/// him back, and tell refusals.
class SimInterviewers {
public:
    SimInterviewers(Wire& wire, const Scenario& scenario);

    void show(const engine::ShowContact& action);

private:
    void acts(AgentId agent, CallId call);
    void does_something(AgentId agent, const std::string& item);

    Wire& wire_;
    Rng habits_;
};

}  // namespace bellwether::simulator
