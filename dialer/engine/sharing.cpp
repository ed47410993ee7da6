#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.h"
#include "dialer/engine/core.h"
#include "pacing/fair_share.h"

// The trunks' lines and calls per second among campaigns that want more than there are; and the
// schedule by which a campaign begins and ends.

namespace bellwether::engine {
namespace {

/// As many as it wanted when it was last looked at, and has contacts for.
int lines_wanted(const Campaign& campaign) {
    const bool dials =
        campaign.run_state == CampaignRunState::Running && campaign.last_block == DialBlock::None;
    return dials ? std::min(campaign.last_decision.wanted, static_cast<int>(campaign.offers.size()))
                 : 0;
}

int lines_used(const Campaign& campaign) { return campaign.lines_in_flight + campaign.lines_up; }

}  // namespace

/// Of the lines that are free, how many are this campaign's share.
int Engine::Core::trunk_lines_for(const Campaign& campaign) const {
    const int free = std::max(0, state.trunk_lines - state.trunk_lines_used);
    if (state.campaigns.size() == 1) return free;
    std::vector<pacing::ShareDemand> demands;
    std::size_t own = 0;
    int used_by_campaigns = 0;
    for (const auto& [id, other] : state.campaigns) {
        const bool is_own = id == campaign.spec.id;
        if (is_own) own = demands.size();
        const int used = lines_used(other);
        used_by_campaigns += used;
        // What the campaign at hand wants is not known yet: as many as it may have.
        const int wants =
            is_own ? std::max(used, other.spec.lines_max) : used + lines_wanted(other);
        demands.push_back({static_cast<double>(wants),
                           static_cast<double>(other.spec.lines_reserved),
                           static_cast<double>(other.spec.line_weight)});
    }
    const int others = std::max(0, state.trunk_lines_used - used_by_campaigns);
    const auto shares = pacing::share_fairly(std::max(0, state.trunk_lines - others), demands);
    const int share = static_cast<int>(std::ceil(shares.at(own)));
    return std::min(free, std::max(0, share - lines_used(campaign)));
}

/// Calls per second that are this campaign's: its own limit, or its share of the trunks'.
double Engine::Core::trunk_rate_for(const Campaign& campaign) const {
    if (state.campaigns.size() == 1) return campaign.spec.calls_per_second;
    std::vector<pacing::ShareDemand> demands;
    std::size_t own = 0;
    for (const auto& [id, other] : state.campaigns) {
        const bool is_own = id == campaign.spec.id;
        if (is_own) own = demands.size();
        const bool wants = is_own || lines_wanted(other) > 0;
        demands.push_back({wants ? other.spec.calls_per_second : 0.0, 0.0,
                           static_cast<double>(other.spec.line_weight)});
    }
    return pacing::share_fairly(state.trunk_calls_per_second, demands).at(own);
}

/// Past its scheduled end a campaign starts nothing more, and stops when its last call is over.
void Engine::Core::end_by_schedule(Campaign& campaign) {
    const auto& stop = campaign.spec.schedule.stop;
    if (!stop || now_.utc < *stop || campaign.run_state != CampaignRunState::Running) return;
    set_run_state(campaign, CampaignRunState::Draining);
    release_offers(campaign);
}

}  // namespace bellwether::engine
