#pragma once

#include <optional>

#include "compliance/decision.h"
#include "compliance/policy/dial_case.h"
#include "compliance/policy/fixed_vector.h"
#include "compliance/policy/policy_set.h"

namespace bellwether::compliance::policy {

struct Reason {
    const Rule* rule = nullptr;    ///< of the policy set, or of the core
    Effect effect = Effect::Deny;  ///< Deny or Defer
};

struct Obligation {
    ObligationKind kind = ObligationKind::ReserveAgent;
    const Rule* rule = nullptr;
};

/// May this number be called now, why not, and what binds the call. Points into the policy set.
struct Decision {
    Verdict verdict = Verdict::Deny;
    /// For Defer: the first instant at which every temporal rule passes.
    std::optional<UtcTime> until{};
    std::optional<Scope> scope{};   ///< of the primary rule; none on Allow
    const Rule* primary = nullptr;  ///< Deny before Defer, then the lowest id; null on Allow
    FixedVector<Reason, 2 * kRulesMax> reasons{};          ///< by id, each once
    FixedVector<Obligation, 2 * kRulesMax> obligations{};  ///< by rule and kind; on Allow alone
    FixedVector<const Rule*, 2 * kRulesMax> warnings{};    ///< soft rules that speak against it
};

/// The one decision about a dial: at import, at selection, and again at the INVITE. The strictest
/// rule wins; a hard rule that lacks a fact denies. Cannot fail, does not allocate; < 5 us with a
/// federal and a state pack. Source: research/compliance.md §6.2.
[[nodiscard]] Decision decide(const PolicySet& policy, const DialCase& dial_case);

}  // namespace bellwether::compliance::policy
