#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace bellwether::campaigns {

/// Whole numbers from min to max, both included.
struct IntegerRange {
    std::int64_t min = 0;        ///< >= 0: a keypad has no minus sign
    std::int64_t max = 999'999;  ///< >= min; six digits are as many as people type without a slip
};

/// Reads an XLSForm constraint of the form ". >= N and . <= M", or one of the two, in either order;
/// the side that is missing keeps its default. N and M are whole numbers of up to 15 digits. Fails
/// with InvalidInput, saying what is wrong; anything else XLSForm allows is not read.
[[nodiscard]] Result<IntegerRange> parse_integer_range(std::string_view constraint);

}  // namespace bellwether::campaigns
