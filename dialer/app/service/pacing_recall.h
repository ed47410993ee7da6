#pragma once

#include <map>
#include <optional>

#include "base/ids.h"
#include "base/time.h"
#include "dialer/store/store.h"
#include "pacing/pacer_state.h"

namespace bellwether::app {

/// What the pacers of an earlier start had learnt, as the journal last wrote it down: exactly as it
/// stood after an orderly end, up to runtime::Driver::kSegmentAge old after a kill.
class RecalledPacing {
public:
    void keep(CampaignId campaign, pacing::PacerState learnt, Now at);
    /// On the new start's time axis: the time between the two starts has passed. None: the campaign
    /// never had agents, or its last word cannot be read.
    [[nodiscard]] std::optional<pacing::PacerState> take(CampaignId campaign, Now now);

private:
    struct Kept {
        pacing::PacerState learnt;
        Now at;
    };
    std::map<CampaignId, Kept> kept_;
};

/// Reads the journal's last segment. What cannot be read (an older program's snapshot, or personal
/// data erased since) is logged and not recalled: pacing then warms up anew.
[[nodiscard]] RecalledPacing recall_pacing(const store::Store& store);

}  // namespace bellwether::app
