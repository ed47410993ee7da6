#pragma once

#include <string>
#include <string_view>

#include "campaigns/number_choice.h"

namespace bellwether::store {

// A campaign's NumberRule as the column campaigns.number_rule holds it: JSON.

[[nodiscard]] std::string to_text(const campaigns::NumberRule& rule);
/// Members that are missing are the rule's defaults. Throws SqliteError (corrupt) on what is no
/// rule.
[[nodiscard]] campaigns::NumberRule number_rule_of(std::string_view text);

}  // namespace bellwether::store
