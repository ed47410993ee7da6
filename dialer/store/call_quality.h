#pragma once

#include <map>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "dialer/engine/call_quality.h"
#include "dialer/store/period_reports.h"

namespace bellwether::store {

/// How well one answered call was heard.
struct QualityRecord {
    CampaignId campaign{};  ///< 0: a call to us that no campaign took
    AgentId agent{};        ///< who talked last; 0: nobody
    AttemptId attempt{};    ///< 0: of a call that came in
    engine::CallQuality quality;
};

/// Calls that ended in the period, in their order. By an index on the time.
[[nodiscard]] Result<std::vector<QualityRecord>> quality_in(const Store& store, Period period);

/// Of a contact's attempts, those that were measured.
[[nodiscard]] Result<std::map<AttemptId, engine::CallQuality>> quality_of(const Store& store,
                                                                          ContactId contact);

}  // namespace bellwether::store
