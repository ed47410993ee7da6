#pragma once

#include <limits>

#include "base/enum_names.h"
#include "pacing/dial_mode.h"

namespace bellwether::pacing {

/// What bounded the number of lines to start: the answer to "why is it not dialing more?"
enum class LineLimit {
    None,             ///< everything the mode asks for is started
    NoAgents,         ///< nobody is signed in and able to take a call
    AgentsBusy,       ///< every ready agent has his lines already
    Forecast,         ///< one line more would find no agent more often than the budget allows
    CampaignLines,    ///< the campaign's own line limit
    TrunkLines,       ///< no channel left on the trunk
    CallRate,         ///< calls per second reached
    AbandonmentCap,   ///< the accounts bear no more lines than agents
    NotAsked,         ///< manual mode, and no agent asked
    QuotaNearlyFull,  ///< the calls under way are expected to take the last places of the quotas
};

/// LineFacts::quota_allows of a campaign whose quotas bound nothing.
inline constexpr int kNoQuota = std::numeric_limits<int>::max();

/// What pacing knows at one moment about one campaign.
struct LineFacts {
    DialMode mode = DialMode::Progressive;  ///< the campaign's own
    int agents_signed_in = 0;               ///< with a working phone, not paused
    int agents_ready = 0;                   ///< free now, <= agents_signed_in
    int calls_waiting = 0;                  ///< answered people waiting for an agent now, >= 0
    int lines_in_flight = 0;      ///< started, and not yet known whether a person answers, >= 0
    int lines_used = 0;           ///< all lines of the campaign, >= lines_in_flight
    int lines_max = 0;            ///< the campaign's limit on all its lines, >= 1
    int trunk_lines_free = 0;     ///< >= 0
    int rate_allows = 0;          ///< calls that the rate limits allow at this instant, >= 0
    int quota_allows = kNoQuota;  ///< contacts for whom the calls under way leave a place, >= 0
    int lines_asked = 0;  ///< manual and preview mode: requests by agents not yet served, >= 0
    int granted = 0;      ///< ratio and predictive mode: by the rule (pacer.h), >= 0
    /// Ratio and predictive mode: the mode in force and why, as the rule said with its grant.
    DialMode in_force = DialMode::Progressive;
    ModeReason reason = ModeReason::AsConfigured;
};

/// How many lines to start now, and why not more.
struct LineDecision {
    int start = 0;   ///< 0..rate_allows
    int wanted = 0;  ///< what the mode alone would start, >= start
    LineLimit limit = LineLimit::None;
    DialMode mode = DialMode::Progressive;  ///< in force: the campaign's or a more careful one
    ModeReason reason = ModeReason::AsConfigured;  ///< why that one

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("start", self.start);
        visit("wanted", self.wanted);
        visit("limit", self.limit);
        visit("mode", self.mode);
        visit("reason", self.reason);
    }
    friend bool operator==(const LineDecision&, const LineDecision&) = default;
};

/// Cannot fail. O(1).
///
/// Progressive: agents_ready - calls_waiting - lines_in_flight. Ratio and predictive: what the rule
/// granted. Unattended: lines_max - lines_used. Manual and preview: lines_asked. Then the limits,
/// in the order CampaignLines, TrunkLines, CallRate, QuotaNearlyFull; `limit` names the last one
/// that took lines away.
[[nodiscard]] LineDecision decide_lines(const LineFacts& facts);

}  // namespace bellwether::pacing

namespace bellwether {
template <>
inline constexpr auto kEnumNames<pacing::LineLimit> = names("NONE", "NO_AGENTS", "AGENTS_BUSY",
                                                            "FORECAST", "CAMPAIGN_LINES",
                                                            "TRUNK_LINES", "CALL_RATE",
                                                            "ABANDONMENT_CAP", "NOT_ASKED",
                                                            "QUOTA_NEARLY_FULL");
}  // namespace bellwether
