#pragma once

#include "pacing/look_ahead.h"
#include "pacing/pacer_state.h"
#include "pacing/rule.h"

namespace bellwether::pacing {

/// The product's rule: progressive, ratio and predictive mode (docs/pacing.md). All that it has
/// learnt is in `state`, which the owner keeps and can write down and read back: a Pacer on the
/// same state decides the same. Beside it a Pacer holds tables computed from the state, and scratch
/// memory.
class Pacer final : public Rule {
public:
    explicit Pacer(PacerState& state) : state_{state} {}  ///< `state` must outlive the Pacer

    void learn(const Happening& happening, Instant at) override;

    /// Checked: settings.ratio >= 1 in mode Ratio; settings.mode is Progressive, Ratio or
    /// Predictive. Cost: about 10 us at 25 agents, 100 us at 500.
    [[nodiscard]] Verdict decide(const Settings& settings, const Picture& picture) override;

private:
    /// The mode in force, and what a new line may risk in it.
    struct Stance {
        DialMode mode = DialMode::Progressive;
        ModeReason reason = ModeReason::AsConfigured;
        double chance = 0;  ///< predictive mode: epsilon
    };

    [[nodiscard]] Headroom headroom(const Settings& settings, const Picture& picture,
                                    const Foreseen& foreseen);
    [[nodiscard]] Stance stance(const Settings& settings, const Picture& picture,
                                const Headroom& room);
    [[nodiscard]] ModeReason careful(const Settings& settings, const Headroom& room) const;
    void place_by_forecast(const Picture& picture, const Stance& stance, Verdict& verdict);
    void release(const Settings& settings, const Picture& picture, const Foreseen& foreseen,
                 Verdict& verdict) const;

    PacerState& state_;
    LookAhead ahead_;
};

}  // namespace bellwether::pacing
