#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"

// Rows for the officer's reports that no record of the log holds by itself.

namespace bellwether::store {

class Store;

/// A contact that a campaign does not call, or not now.
struct UncalledContact {
    CampaignId campaign{};
    std::string campaign_name;
    ContactId contact{};
    std::string state;  ///< DENIED for good, else when it is asked about again: `due`
    std::string rule;
    std::string cited;  ///< of rule POLICY: its id
    std::optional<UtcTime> due;
};

/// Calls `take` for each contact that a rule stands against, by campaign and contact.
[[nodiscard]] Result<void> for_each_uncalled(
    const Store& store, const std::function<void(const UncalledContact&)>& take);

/// An INVITE that left although the decision on record does not allow it: there is none.
struct ForbiddenInvite {
    AttemptId attempt{};
    UtcTime invited;
    std::string verdict;
    std::string cited;
};

/// How call times were checked, by which query, and what it found.
struct CallTimeCheck {
    std::string query;
    std::int64_t invites = 0;  ///< looked at
    std::vector<ForbiddenInvite> found;
};
[[nodiscard]] Result<CallTimeCheck> check_call_times(const Store& store, UtcTime from, UtcTime to);

}  // namespace bellwether::store
