#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "compliance/decision.h"
#include "compliance/policy/case_reader.h"
#include "compliance/policy/policy_set.h"

namespace bellwether::compliance::policy {

/// A decision made again from what was stored of it.
struct Recomputed {
    Verdict verdict = Verdict::Deny;
    std::optional<UtcTime> until{};
    std::string primary{};      ///< id of the primary rule; empty on Allow
    std::string inputs_hash{};  ///< of the inputs as they were understood
};

/// Decides again on canonical_inputs() that were stored.
/// @param packs  must hold those of the day, at least.
/// @param tzdata  the version of the zones that `sources` gives.
/// Errors: InvalidInput: the bytes are no stored inputs; NotFound: a pack is not there; Conflict: a
/// pack of that name has another hash, or the zones are of another version.
[[nodiscard]] Result<Recomputed> recompute(std::string_view stored,
                                           std::span<const Pack* const> packs,
                                           const CaseSources& sources, std::string_view tzdata);

}  // namespace bellwether::compliance::policy
