#pragma once

#include <chrono>
#include <map>
#include <string>

#include "dialer/store/period_reports.h"

namespace bellwether::app {

/// How an agent spent a period. signed_in == ready + talk + wrap_up + paused + calling_phone.
struct AgentTimes {
    using Seconds = std::chrono::duration<double>;
    Seconds signed_in{0};
    Seconds ready{0};
    Seconds talk{0};  ///< on a call
    Seconds wrap_up{0};
    Seconds paused{0};
    Seconds calling_phone{0};                  ///< signing in
    std::map<std::string, Seconds> paused_by;  ///< by reason; adds up to `paused`
    int sign_ins = 0;
};

/// Sums the time between changes of state. The last state lasts until the period's end, or `now`.
/// Cannot fail.
[[nodiscard]] AgentTimes agent_times(const std::vector<store::AgentStateRecord>& states,
                                     store::Period period, UtcTime now);

}  // namespace bellwether::app
