#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "campaigns/sheet_problem.h"

namespace bellwether::campaigns::weighting {

/// A category of a variable and its share in the population.
struct Target {
    std::string category;
    double share = 0;  ///< 0..1
};

/// The population's distribution over one variable; the shares add up to 1.
struct Margin {
    std::string variable;
    std::vector<Target> targets;  ///< each category once
};

/// Reads a CSV with columns variable, category, share: margins in the order in which their
/// variables first come. Shares are given as parts of 1; where those of a variable add up to 1
/// within 0.001, as published figures do, they are scaled to it. Problems name row and column.
[[nodiscard]] tl::expected<std::vector<Margin>, std::vector<SheetProblem>> read_margins(
    std::string_view name, std::string_view text);

}  // namespace bellwether::campaigns::weighting
