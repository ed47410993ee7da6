#pragma once

#include <tl/expected.hpp>
#include <vector>

#include "campaigns/export/dataset.h"
#include "campaigns/form/interview_state.h"

namespace bellwether::campaigns::exports {

/// A variable and the item that fills it.
struct ItemVariable {
    Variable variable;
    form::ItemId item;
};

/// How many instances each repeat has at most, by row.
using InstanceCounts = std::vector<std::uint16_t>;

/// What case variables look like: texts, and numbers without decimals.
[[nodiscard]] std::vector<Variable> case_variables(std::size_t languages);

/// The variables of a questionnaire whose repeats have so many instances, in the order of the
/// sheet, all of a repeat's first instance before its second. Calculations are Text. Names are
/// taken behind those of the case. Fails with every list of choices that cannot be coded.
[[nodiscard]] tl::expected<std::vector<ItemVariable>, std::vector<std::string>> item_variables(
    const form::Form& form, const InstanceCounts& counts);

}  // namespace bellwether::campaigns::exports
