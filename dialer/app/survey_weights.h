#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "campaigns/export/dataset.h"
#include "campaigns/weighting/raking.h"
#include "dialer/app/problem.h"

namespace bellwether::app {

/// How the rows of a dataset are weighted.
struct WeightingOrder {
    std::string margins_file;  ///< absolute path
    campaigns::weighting::RakingRules rules;
};

/// Rakes the rows to the margins of the file, from their base weights (all rows have one, or none
/// has), sets the weights and says in the dataset what they are. A margin's variable is one of the
/// data's; its categories are choices by name, for other variables their values. @return the steps
/// with their design effect. Fails with everything that stands against it; where weights were
/// withheld, with what every target came to.
[[nodiscard]] Checked<campaigns::weighting::Raked> weigh(campaigns::exports::Dataset& data,
                                                         const WeightingOrder& order);

}  // namespace bellwether::app
