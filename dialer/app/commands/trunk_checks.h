#pragma once

#include <vector>

#include "dialer/app/commands/host_checks.h"
#include "dialer/app/files/json_text.h"

namespace bellwether::app {

/// What a running service says of its trunks, as findings: one per trunk, in order.
/// @param trunks  `telephony.trunks` of /api/v1/status; anything else: no findings.
[[nodiscard]] std::vector<Check> check_live_trunks(const Json& trunks);

/// How long our own certificate for a TLS trunk is still valid: a Warning from kRenewalNotice
/// before its end, Failed after it. Reads the file, which must be configured.
[[nodiscard]] Check check_trunk_certificate(const sip::TrunkConfig& trunk, UtcTime now);

/// Time to get and install another one. Ours: certificate authorities remind 30 days before.
inline constexpr std::chrono::days kRenewalNotice{30};

}  // namespace bellwether::app
