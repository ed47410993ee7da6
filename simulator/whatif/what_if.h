#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "campaigns/campaign_spec.h"
#include "simulator/whatif/figures.h"
#include "simulator/whatif/recording.h"
#include "simulator/whatif/what_if_people.h"

namespace bellwether::simulator {

struct WhatIfOptions {
    std::uint64_t seed = 1;  ///< of everything that is drawn
};

struct WhatIfReport {
    Figures recorded;
    Figures what_if;
    std::int64_t contacts = 0;  ///< dialed at least once in the what-if
    Drawn drawn;
};

/// What the recorded campaign would have come to under other settings: the production engine, in
/// virtual time, with the recording's people, agents and operator. The settings are `spec`'s, but
/// for what belongs to the outside world: ids, list, and whether a detector listened.
///
/// The wrap-up limit of `spec` holds where it is shorter than what was recorded. Times until an
/// attempt is durable, and until a phone that is hung up says so, are zero.
///
/// Errors: InvalidInput: the settings, or the recorded ones, have no agents, or agents dial by
/// hand. Cost: 20 to 100 us a call, by the mode.
[[nodiscard]] Result<WhatIfReport> what_if(const Recording& recording,
                                           const campaigns::CampaignSpec& spec,
                                           const WhatIfOptions& options);

}  // namespace bellwether::simulator
