#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "campaigns/export/dataset.h"
#include "campaigns/weighting/raking.h"
#include "dialer/app/files/problem.h"

namespace bellwether::app {

/// How the rows of a dataset are weighted.
struct WeightingOrder {
    std::string margins_file;  ///< absolute path
    campaigns::weighting::RakingRules rules;
};

/// The variables of the data that say how many adults live in a household, and how many numbers
/// reach it; an empty name stands for one of them everywhere.
struct HouseholdVariables {
    std::string adults;
    std::string lines;

    [[nodiscard]] bool empty() const { return adults.empty() && lines.empty(); }
};

/// Multiplies the base weights of the list, or 1, by adults / lines. Fails with every variable
/// that is not there, or that has rows without a number of at least 1.
[[nodiscard]] Checked<void> weigh_households(campaigns::exports::Dataset& data,
                                             const HouseholdVariables& variables);

/// Rakes the rows to the margins of the file, from their base weights (all rows have one, or none
/// has), sets the weights and says in the dataset what they are. A margin's variable is one of the
/// data's; its categories are choices by name, for other variables their values. @return the steps
/// with their design effect. Fails with everything that stands against it; where weights were
/// withheld, with what every target came to.
[[nodiscard]] Checked<campaigns::weighting::Raked> weigh(campaigns::exports::Dataset& data,
                                                         const WeightingOrder& order);

}  // namespace bellwether::app
