#pragma once

#include <optional>

#include "base/enum_names.h"
#include "campaigns/outcome.h"

namespace bellwether::campaigns {

/// What became of the message that a campaign brings to a contact; the strongest first.
enum class Delivery {
    Acknowledged,  ///< a person answered it by a key
    ToPerson,      ///< a person heard it to its end
    ToAgent,       ///< a person spoke with an agent instead
    ToMachine,     ///< played to its end after the beep
    NotDelivered,
};

/// Of one attempt. @param outcome   none: the call is up
///                 @param heard     the message, to its end
///                 @param answered  the person pressed a key that answers a question
[[nodiscard]] Delivery delivery_of(std::optional<Outcome> outcome, bool heard, bool answered);

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::Delivery> = names("ACKNOWLEDGED", "TO_PERSON",
                                                              "TO_AGENT", "TO_MACHINE",
                                                              "NOT_DELIVERED");
}  // namespace bellwether
