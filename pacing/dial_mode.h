#pragma once

#include "base/enum_names.h"

namespace bellwether::pacing {

/// How a campaign turns free agents into lines.
enum class DialMode {
    Manual,       ///< one line when an agent asks for it
    Preview,      ///< the agent sees the contact first; one line when he accepts
    Progressive,  ///< one line for each agent who is ready
    Ratio,  ///< a fixed number of lines for each ready agent, guarded by the abandonment accounts
    Predictive,  ///< as many lines as the forecast of answers and free agents bears within the
                 ///< budget
    Unattended,  ///< no agents: lines and calls per second alone (keypad surveys and notices)
};

/// Why a campaign dials in the mode it does. Its own mode, or a more careful one for a reason.
enum class ModeReason {
    AsConfigured,
    WarmUp,          ///< too little is known of this campaign's answers yet
    FewAgents,       ///< fewer agents than the floor: one of them leaving would break the forecast
    SmallBudget,     ///< the window cannot hold a meaningful number of abandoned calls
    Guarded,         ///< the budget of abandoned calls cannot bear any more risk
    CarrierAnomaly,  ///< calls fail or are answered as never before: the forecast is not trusted
    StaleState,      ///< nothing was heard of calls under way for too long
};

}  // namespace bellwether::pacing

namespace bellwether {
template <>
inline constexpr auto kEnumNames<pacing::DialMode> = names("MANUAL", "PREVIEW", "PROGRESSIVE",
                                                           "RATIO", "PREDICTIVE", "UNATTENDED");
template <>
inline constexpr auto kEnumNames<pacing::ModeReason> = names("AS_CONFIGURED", "WARM_UP",
                                                             "FEW_AGENTS", "SMALL_BUDGET",
                                                             "GUARDED", "CARRIER_ANOMALY",
                                                             "STALE_STATE");
}  // namespace bellwether
