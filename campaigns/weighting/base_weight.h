#pragma once

#include "base/result.h"

namespace bellwether::campaigns::weighting {

/// How somebody came to be interviewed: one adult of a household that several numbers reach.
struct Selection {
    double design = 1;  ///< 1 / the chance of a number, > 0; checked
    double adults = 1;  ///< in the household, among whom one was chosen
    double lines = 1;   ///< numbers that reach the household, each of which could have been drawn
};

/// design * adults / lines. Errors: InvalidInput: adults or lines are below 1.
/// Source: research/surveys.md 6.
[[nodiscard]] Result<double> base_weight(const Selection& selection);

}  // namespace bellwether::campaigns::weighting
