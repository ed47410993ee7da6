#pragma once

#include "dialer/app/handlers/router.h"

namespace bellwether::app {

/// What is billed to a client organisation (`client`, required): by day on the clocks of `zone` and
/// by campaign its calls by trunk, and agents' time by state. `from`, `to` as in other reports;
/// JSON, or text/csv.
[[nodiscard]] api::Response report_ledger(Backend& backend, const Call& call);

}  // namespace bellwether::app
