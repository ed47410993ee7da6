#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

namespace bellwether::store {

class Store;

/// What became of a campaign's calls that somebody or something answered in [from, to), by the hour
/// of the answer. Unlike an account, which the engine keeps, this is counted from the attempts: who
/// was labelled since counts as what he was.
struct AbandonmentCounts {
    std::int64_t connected = 0;       ///< people put through; by construction in time
    std::int64_t message_played = 0;  ///< people nobody was free for
    std::int64_t silent = 0;          ///< answered, and nothing is on record of what was heard
    std::int64_t hung_up_early = 0;
    std::int64_t machine_verdicts = 0;  ///< that were acted on
    std::int64_t machines_put_through = 0;
    std::vector<AttemptId> attempts;  ///< all of them, by id
};

[[nodiscard]] Result<AbandonmentCounts> abandonment_counts(const Store& store, CampaignId campaign,
                                                           UtcTime from, UtcTime to);

/// The last report of a window that was issued.
struct IssuedWindow {
    int version = 0;
    std::string numerator;
    std::string denominator;
};
[[nodiscard]] Result<std::optional<IssuedWindow>> issued_window(const Store& store,
                                                                CampaignId campaign, UtcTime from);
[[nodiscard]] Result<void> note_issued(Store& store, CampaignId campaign, UtcTime from,
                                       const IssuedWindow& window, UtcTime at);

}  // namespace bellwether::store
