#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "compliance/policy/case_reader.h"
#include "compliance/policy/decide.h"
#include "compliance/policy/policy_set.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/policy/pack_file.h"
#include "dialer/app/policy/zone_shelf.h"

namespace bellwether::app {

/// Where the reader of cases finds zones, places and numbering plans on this host.
/// @param zones  must outlive what is returned.
[[nodiscard]] compliance::policy::CaseSources host_sources(ZoneShelf& zones,
                                                           const PackShelf& packs);

/// The policy that binds a case: exactly the packs it asks for, or those that number, address and
/// purpose choose. Errors: InvalidInput: it asks for a pack that is not there.
[[nodiscard]] Result<compliance::policy::PolicySet> policy_of(
    const compliance::policy::ReadCase& read, const PackShelf& packs);

/// A decision as `compliance decide` prints it.
[[nodiscard]] Json decision_json(const compliance::policy::Decision& decision,
                                 const compliance::policy::PolicySet& policy,
                                 const std::string& inputs_hash, std::string_view tzdata);

/// Decides one case, or each of an array: an object in gives an object, an array gives an array of
/// as many. Errors: InvalidInput, naming the first wrong case by its index (from 0) and its key.
[[nodiscard]] Result<Json> decide_cases(std::string_view text, const PackShelf& packs,
                                        std::string_view tzdata);

}  // namespace bellwether::app
