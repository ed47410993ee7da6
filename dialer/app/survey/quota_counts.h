#pragma once

#include <string>
#include <string_view>

#include "campaigns/quota/tally.h"
#include "dialer/app/files/problem.h"

namespace bellwether::app {

/// How far the cells of a plan are filled, by what `survey quota --json` printed: `completed` and
/// `in_flight` of each of its `cells`. Cells that the text does not have begin at zero; one that
/// the plan does not have is a problem.
/// @param file  its name, for messages.
[[nodiscard]] Checked<campaigns::quota::Tally> parse_quota_counts(
    std::string_view text, const std::string& file, const campaigns::quota::Plan& plan);

}  // namespace bellwether::app
