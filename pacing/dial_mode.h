#pragma once

#include "base/enum_names.h"

namespace bellwether::pacing {

/// How a campaign turns free agents into lines.
enum class DialMode {
    Manual,       ///< one line when an agent asks for it
    Progressive,  ///< one line for each agent who is ready
    Ratio,  ///< a fixed number of lines for each ready agent, guarded by the abandonment account
    Unattended,  ///< no agents: lines and calls per second alone (keypad surveys and notices)
};

}  // namespace bellwether::pacing

namespace bellwether {
template <>
inline constexpr auto kEnumNames<pacing::DialMode> = names("MANUAL", "PROGRESSIVE", "RATIO",
                                                           "UNATTENDED");
}  // namespace bellwether
