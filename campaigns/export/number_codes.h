#pragma once

#include <cstddef>

#include "campaigns/export/dataset.h"

namespace bellwether::campaigns::exports {

/// Gives a number's item nonresponse codes that none of its answers is taken for: -7, -8, -9, or,
/// where an answer lies among these, the first free of -97, -98, -99; -997, -998, -999; and so on.
/// Nothing to do for any other variable.
void free_codes_of_answers(Dataset& data, std::size_t column);

}  // namespace bellwether::campaigns::exports
