#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "dialer/store/period_reports.h"

namespace bellwether::store {

/// Recordings of calls, each counted with its call once it is whole.
struct RecordedTime {
    std::int64_t recordings = 0;
    std::int64_t length_ms = 0;  ///< of those whose length is known, pauses included
    std::int64_t length_s = 0;   ///< the same with each rounded up to whole seconds
    /// Answered calls of which it is not known how long they were recorded, if they were: older
    /// than schema 18, or mended after a crash. While there are any, the lengths are no sum.
    std::int64_t unmeasured = 0;
};

/// Calls of a campaign that are billed alike: on one trunk.
struct LedgerCalls {
    std::string trunk;              ///< that carried the call, or was tried last; "": none was
    std::int64_t attempts = 0;      ///< that ended in the period, dialed or not
    std::int64_t dialed = 0;        ///< of those, an INVITE left
    std::int64_t answered = 0;      ///< of those, by a person or a machine
    std::int64_t connected_ms = 0;  ///< from the answer to the end, exactly
    std::int64_t connected_s = 0;   ///< the same with each call rounded up to whole seconds
    RecordedTime recorded;
};

/// Calls that came in to a campaign's caller ids.
struct LedgerIncoming {
    std::int64_t calls = 0;  ///< that ended in the period
    std::int64_t answered = 0;
    std::int64_t connected_ms = 0;  ///< as of LedgerCalls
    std::int64_t connected_s = 0;
    RecordedTime recorded;
};

/// Attempts of a campaign that ended in the period, by trunk. A call counts where it ended, whole.
/// By an index.
[[nodiscard]] Result<std::vector<LedgerCalls>> ledger_calls_in(const Store& store,
                                                               CampaignId campaign, Period period);

/// Calls that came in to the campaign and ended in the period. By an index.
[[nodiscard]] Result<LedgerIncoming> ledger_incoming_in(const Store& store, CampaignId campaign,
                                                        Period period);

}  // namespace bellwether::store
