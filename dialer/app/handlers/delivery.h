#pragma once

#include "dialer/app/handlers/router.h"

namespace bellwether::app {

/// Proof of delivery: for each contact of `campaign` (required) what became of its message, by
/// which attempt, and the evidence log's record of it; contacts by that, and attempts by outcome,
/// both added up; JSON, or text/csv. With `sums` = true without the contacts, the CSV of attempts.
[[nodiscard]] api::Response report_delivery(Backend& backend, const Call& call);

}  // namespace bellwether::app
