#pragma once

#include <span>

namespace bellwether::campaigns::weighting {

/// What unequal weights cost.
struct Precision {
    double design_effect = 1;    ///< Kish: n * sum(w^2) / sum(w)^2; >= 1
    double effective_cases = 0;  ///< n / design_effect
    /// Half the width of the 95 % interval of a share of one half: 1.96 * sqrt(0.25 / effective).
    /// A margin of error for a probability sample alone; with quotas it is a loss of precision.
    double margin = 0;
};

/// @param weights  at least one; each > 0; checked
/// Source: L. Kish, Survey Sampling (1965), 11.7; figures as in research/surveys.md 6.
[[nodiscard]] Precision precision_of(std::span<const double> weights);

}  // namespace bellwether::campaigns::weighting
