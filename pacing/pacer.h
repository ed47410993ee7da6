#pragma once

#include <memory>

#include "pacing/pacer_state.h"
#include "pacing/rule.h"

namespace bellwether::pacing {

/// The product's rule: progressive, ratio and predictive mode (docs/pacing.md). All that it has learnt
/// is in `state`, which the owner keeps and can write down and read back: a Pacer on the same state
/// decides the same. Beside it a Pacer holds tables computed from the state, and scratch memory.
class Pacer final : public Rule {
public:
    explicit Pacer(PacerState& state);  ///< `state` must outlive the Pacer
    ~Pacer() override;

    void learn(const Happening& happening, Instant at) override;
    /// Cost: about 20 us at 25 agents, 200 us at 500.
    [[nodiscard]] Verdict decide(const Settings& settings, const Picture& picture) override;

private:
    class Tables;
    PacerState& state_;
    std::unique_ptr<Tables> tables_;
};

}  // namespace bellwether::pacing
