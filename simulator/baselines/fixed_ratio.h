#pragma once

#include "pacing/rule.h"

namespace bellwether::simulator {

/// So many lines for each ready agent, whatever comes of it: no account bounds it. What the trade
/// calls a dial level on available agents.
class FixedRatio final : public pacing::Rule {
public:
    explicit FixedRatio(double ratio);  ///< lines per ready agent; checked: >= 1

    void learn(const pacing::Happening& happening, Instant at) override;
    [[nodiscard]] pacing::Verdict decide(const pacing::Settings& settings,
                                         const pacing::Picture& picture) override;

private:
    double ratio_;
};

}  // namespace bellwether::simulator
