#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "dialer/sip/sip_endpoint.h"

namespace bellwether::app {

/// The trunks as they stand, for `status` and `doctor`: an array in the order of the configuration.
[[nodiscard]] nlohmann::json trunks_json(const std::vector<sip::TrunkStatus>& trunks);

}  // namespace bellwether::app
