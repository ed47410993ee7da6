#pragma once

#include "base/result.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/handlers/backend.h"

namespace bellwether::app {

/// Where a contact stands in each campaign that dials its list or has touched it: one object a
/// campaign, with a verdict of why it is not being dialed and when it will be (lead_verdict.h).
[[nodiscard]] Result<Json> lead_standing(Backend& backend, const store::ContactRecord& contact,
                                         bool on_do_not_call);

}  // namespace bellwether::app
