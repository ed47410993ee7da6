#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "compliance/decision.h"

namespace bellwether::store {

class Store;
class DialPolicy;

/// What a policy would say now of the contacts of a campaign's list.
struct DialRehearsal {
    std::int64_t contacts = 0;  ///< of the list
    std::int64_t asked = 0;     ///< of them
    std::map<compliance::Verdict, std::int64_t> verdicts;
    std::map<std::string, std::int64_t> rules;  ///< what stood against the others, by its id
    std::map<UtcTime, std::int64_t> opens;  ///< how many deferred ones may be called from when on
};

/// Asks the policy about up to `limit` contacts, the latest imported first; changes and logs
/// nothing. About 0.1 ms a contact, on the caller's thread: `policy` must be thread-safe.
[[nodiscard]] Result<DialRehearsal> rehearse_dials(const Store& store, DialPolicy& policy,
                                                   CampaignId campaign, std::int64_t limit,
                                                   UtcTime now);

}  // namespace bellwether::store
