#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "base/time.h"
#include "dialer/engine/actions.h"
#include "dialer/engine/events.h"
#include "dialer/engine/state.h"
#include "pacing/rule.h"

namespace bellwether::engine {

/// Makes the rule of a campaign in ratio or predictive mode, in the place of the product's own: how
/// the simulator compares others with it, and measures it. `state` is the Pacer's and outlives the
/// rule. Empty, or an answer of null: the product's own.
using MakeRule =
    std::function<std::unique_ptr<pacing::Rule>(CampaignId, pacing::PacerState& state)>;

/// Turns events into actions: campaigns, contacts' calls, agents, interviews. Decides; never acts.
///
/// Single-threaded; no I/O, clock, logging or randomness. Two drivers run it: dialer/runtime in
/// real time and simulator/world in virtual time; the same events give the same actions, byte for
/// byte.
///
/// Contract: after every handle() drain poll_action() until it is empty (checked). `now.elapsed`
/// must not go back (checked). When next_deadline() has passed, handle(TimePassed{}, now); that
/// moves it (checked).
class Engine {
public:
    Engine();
    /// Goes on from a journal segment's snapshot.
    explicit Engine(EngineState state, MakeRule make_rule = {});
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    void handle(const Event& event, Now now);
    [[nodiscard]] std::optional<Action> poll_action();
    [[nodiscard]] std::optional<Deadline> next_deadline() const;

    /// For snapshots, status and the simulator's invariants; must not be called with actions
    /// pending.
    [[nodiscard]] const EngineState& state() const;

private:
    class Core;
    std::unique_ptr<Core> core_;
};

}  // namespace bellwether::engine
