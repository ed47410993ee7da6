#pragma once

#include "base/result.h"
#include "dialer/app/handlers/router.h"
#include "dialer/store/period_reports.h"

namespace bellwether::app {

/// The query's `from` and `to`: days ("2026-11-22", `to` included) or moments, on the clocks of the
/// query's `zone` (default UTC). Without `from`: the day of `now`; without `to`: until `now`.
/// Errors: InvalidInput, also where `to` is not after `from`.
[[nodiscard]] Result<store::Period> read_period(const Call& call, UtcTime now);

/// Does the query name one?
[[nodiscard]] bool has_period(const Call& call);

}  // namespace bellwether::app
