#pragma once

#include <string>

#include "base/result.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/handlers/backend.h"

namespace bellwether::app {

/// Where each campaign that draws on a list stands with its contacts: counts that add up,
/// penetration (shares tried and finished), and done contacts by outcome.
/// @param only  a campaign's name; empty: every one.
[[nodiscard]] Result<Json> list_standing_json(Backend& backend, ListId list,
                                              const std::string& only);

}  // namespace bellwether::app
