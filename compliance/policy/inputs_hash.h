#pragma once

#include <string>
#include <string_view>

#include "compliance/policy/dial_case.h"
#include "compliance/policy/policy_set.h"

namespace bellwether::compliance::policy {

/// All that a decision rests on, as canonical bytes: the case, each pack's id and hash, the version
/// of the zone database. They are stored with the decision; whoever has them, the packs and the
/// zones can decide again and must come to the same. Holds the number: not for logs.
///
/// @param tzdata  "2026f"
[[nodiscard]] std::string canonical_inputs(const PolicySet& policy, const DialCase& dial_case,
                                           std::string_view tzdata);

/// SHA-256 of canonical_inputs(), in lower-case hexadecimal digits.
[[nodiscard]] std::string inputs_hash(std::string_view canonical);

}  // namespace bellwether::compliance::policy
