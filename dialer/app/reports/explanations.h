#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compliance/calling_hours.h"
#include "dialer/app/files/json_text.h"
#include "dialer/engine/actions.h"
#include "dialer/store/store.h"

// Why a campaign dialed as it did, from the journal's EXPLAIN_PACING: engine/actions.h.

namespace bellwether::app {

struct Explanation {
    UtcTime at;
    std::uint64_t seq = 0;  ///< of the journal's entry
    engine::ExplainPacing told;
};

/// One of the journal's actions, if it is an explanation of this campaign that can be read.
[[nodiscard]] std::optional<engine::ExplainPacing> read_explanation(const engine::Encoded& action,
                                                                    CampaignId campaign);

/// The campaign's last explanation in the journal's entries up to `seq`; none: there is none. Reads
/// backwards, in pieces that grow: no more of the journal than about twice what lies between.
[[nodiscard]] Result<std::optional<Explanation>> last_explanation(const store::Store& store,
                                                                  CampaignId campaign,
                                                                  std::uint64_t seq);

/// The newest changes of reason, oldest first, at most `most`, from the journal's last entries:
/// each as it was first told. The entries looked at are bounded (a second's work), so that old ones
/// may be missing.
[[nodiscard]] Result<std::vector<Explanation>> last_changes(const store::Store& store,
                                                            CampaignId campaign, std::size_t most);

/// All figures of one decision: the same keys whether it is of now or of the journal. `at` is on
/// the zone's clocks. While something blocks the whole campaign, pacing is not asked and its
/// figures are null; so are the forecast's in a mode that has none.
[[nodiscard]] Json explanation_json(const Explanation& explanation,
                                    const compliance::ZoneOffsets& zone);

}  // namespace bellwether::app
