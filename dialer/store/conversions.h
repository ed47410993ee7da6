#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "campaigns/conversion.h"

namespace bellwether::store {

class Store;

/// A refusal that an agent took, and what follows from it.
struct ConversionRecord {
    AttemptId attempt{};
    AgentId agent{};  ///< to whom he refused
    campaigns::RefusalStrength strength = campaigns::RefusalStrength::Hard;
    campaigns::Conversion conversion = campaigns::Conversion::Off;
    std::optional<UtcTime> due;  ///< of Planned
    UtcTime at;
};

/// What became of a campaign's cases that refused; a case counts with its first refusal.
struct ConversionFigures {
    CampaignId campaign{};
    std::int64_t soft = 0;
    std::int64_t hard = 0;
    std::int64_t planned = 0;        ///< of the soft ones: to be called once more
    std::int64_t waiting = 0;        ///< of those planned: still to be
    std::int64_t attempted = 0;      ///< an interviewer has spoken to him since
    std::int64_t converted = 0;      ///< of those planned: a complete interview since
    std::int64_t refused_again = 0;  ///< of those planned
};

// Readers: any thread. Errors: Unavailable, Corrupt.

/// The last refusal of a case; none: it has not refused.
[[nodiscard]] Result<std::optional<ConversionRecord>> last_refusal(const Store& store,
                                                                   CampaignId campaign,
                                                                   ContactId contact);
/// Of cases that refused first in [from, to), by campaign; campaigns without one are left out.
[[nodiscard]] Result<std::vector<ConversionFigures>> conversion_figures(const Store& store,
                                                                        UtcTime from, UtcTime to);
/// How many cases of the campaign may be called once more, and wait for somebody who may.
[[nodiscard]] Result<std::int64_t> conversions_due(const Store& store, CampaignId campaign,
                                                   UtcTime now);

}  // namespace bellwether::store
