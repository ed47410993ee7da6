#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "dialer/store/period_reports.h"

namespace bellwether::store {

/// Calls of a campaign that are billed alike: on one trunk.
struct LedgerCalls {
    std::string trunk;              ///< that carried the call, or was tried last; "": none was
    std::int64_t attempts = 0;      ///< that ended in the period, dialed or not
    std::int64_t dialed = 0;        ///< of those, an INVITE left
    std::int64_t answered = 0;      ///< of those, by a person or a machine
    std::int64_t connected_ms = 0;  ///< from the answer to the end, exactly
    std::int64_t connected_s = 0;   ///< the same with each call rounded up to whole seconds
};

/// Attempts of a campaign that ended in the period, by trunk. A call counts where it ended, whole.
/// By an index.
[[nodiscard]] Result<std::vector<LedgerCalls>> ledger_calls_in(const Store& store,
                                                               CampaignId campaign, Period period);

}  // namespace bellwether::store
