#pragma once

#include "pacing/dial_mode.h"

namespace bellwether::pacing {

/// What a campaign's owner decided about its pacing. Ranges are checked where they are read.
struct Settings {
    DialMode mode = DialMode::Predictive;  ///< Progressive, Ratio or Predictive
    double ratio = 1.0;                    ///< lines per ready agent in mode Ratio, >= 1
    bool guard = true;       ///< the accounts bound ratio and predictive mode; off in studies only
    bool safeguards = true;  ///< warm-up, agent floor and small budget (research: pacing C.7)
    /// Fewest agents for predictive mode; one less leaves it, one more returns to it.
    int agent_floor = 3;
    double budget_share = 0.9;  ///< of the cap, aimed at: room for what cannot be foreseen, (0, 1]
    /// People whom the detector took for machines count as abandoned (compliance: Ofcom's formula).
    bool count_mistaken = false;
    bool ring_release = true;  ///< give up a call that would probably find no agent
    double min_ring_s = 15;    ///< no call is given up before it has rung so long
    double no_answer_s = 25;   ///< the ring limit, from the INVITE
};

}  // namespace bellwether::pacing
