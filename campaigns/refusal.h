#pragma once

#include "base/enum_names.h"

// What an interviewer says of a refusal.

namespace bellwether::campaigns {

enum class RefusedBy {
    Respondent,  ///< the person who was to be interviewed
    Household,   ///< somebody else who picked up
    Unknown,
};

enum class RefusedWhen {
    Introduction,
    Selection,  ///< of the person in the household, before he was known
    Interview,  ///< after the first question
};

enum class RefusalStrength {
    Soft,  ///< busy, not now, not interested
    Hard,  ///< angry, a threat, the law, or asked not to be called again
};

}  // namespace bellwether::campaigns

namespace bellwether {
template <>
inline constexpr auto kEnumNames<campaigns::RefusedBy> = names("RESPONDENT", "HOUSEHOLD",
                                                               "UNKNOWN");
template <>
inline constexpr auto kEnumNames<campaigns::RefusedWhen> = names("INTRODUCTION", "SELECTION",
                                                                 "INTERVIEW");
template <>
inline constexpr auto kEnumNames<campaigns::RefusalStrength> = names("SOFT", "HARD");
}  // namespace bellwether
