#pragma once

#include "base/result.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/handlers/backend.h"

namespace bellwether::app {

/// Whom a campaign of the store could dial now: `can_be_dialed_now`, `skipped` with how many by
/// reason, and `opens_next`, the moments at which the rules let the others go, with how many (each
/// zone has its own). They add up to `asked`: the newest kAsked contacts of its lists are asked
/// about, and `contacts` says how many there are. What is done or denied already is `finished`.
/// Where no service runs the policy packs cannot be asked: `skipped` then holds do-not-call alone.
[[nodiscard]] Result<Json> campaign_preflight(Backend& backend,
                                              const store::CampaignRecord& campaign,
                                              const campaigns::CampaignSpec& spec);

}  // namespace bellwether::app
