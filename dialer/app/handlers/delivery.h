#pragma once

#include "dialer/app/handlers/router.h"

namespace bellwether::app {

/// Proof of delivery: for each contact of `campaign` (required) what became of its message, by
/// which attempt, and the evidence log's record of it; JSON, or text/csv.
[[nodiscard]] api::Response report_delivery(Backend& backend, const Call& call);

}  // namespace bellwether::app
