#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "compliance/policy/policy_set.h"

// What a policy set asks of the engine and of the evidence log, apart from single decisions.

namespace bellwether::compliance::policy {

/// To which calls of a campaign the question is put.
struct Calls {
    Purpose purpose = Purpose::Telemarketing;
    Sector sector = Sector::Commercial;
    Mode mode = Mode::Predictive;
    Date on{};  ///< in the campaign's zone
};

/// A requirement, and the rule that makes it.
template <class T>
struct Required {
    T value{};
    const Rule* rule = nullptr;
};

/// How long an unanswered call must ring: the longest of all; none: no rule says so.
[[nodiscard]] std::optional<Required<std::chrono::milliseconds>> min_ring(const PolicySet& policy,
                                                                          const Calls& calls);

/// How soon an agent must be there: the shortest of all, and from the earliest origin.
[[nodiscard]] std::optional<Required<ConnectLimit>> connect_limit(const PolicySet& policy,
                                                                  const Calls& calls);

/// Every cap on abandonment that binds, by rule id.
[[nodiscard]] std::vector<Required<Abandonment>> abandonment_rules(const PolicySet& policy,
                                                                   const Calls& calls);

/// How long records of this class are kept: the longest of all packs.
[[nodiscard]] std::optional<Required<std::chrono::days>> retention(const PolicySet& policy,
                                                                   std::string_view record,
                                                                   Date on);

}  // namespace bellwether::compliance::policy
