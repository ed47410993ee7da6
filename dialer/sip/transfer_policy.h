#pragma once

#include "base/enum_names.h"

namespace bellwether::sip {

/// What becomes of a REFER from an agent's phone. Anybody else's is always refused.
enum class TransferPolicy {
    Refuse,  ///< 603
    Bridge,  ///< TransferAsked
};

}  // namespace bellwether::sip

namespace bellwether {
template <>
inline constexpr auto kEnumNames<sip::TransferPolicy> = names("REFUSE", "BRIDGE");
}  // namespace bellwether
