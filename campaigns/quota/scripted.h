#pragma once

#include <vector>

#include "base/result.h"
#include "campaigns/form/script.h"
#include "campaigns/quota/tally.h"

namespace bellwether::campaigns::quota {

/// A scripted interview that asks the quotas before each of its items: form::run_script() with a
/// tally. Its places become completes, or are given back, by how it ends; an interview that may be
/// gone on with is given back too.
/// @param earlier  as in form::run_script(); @param marks  of the same earlier attempts.
[[nodiscard]] Result<form::ScriptResult> run_script(const form::Form& form, const Plan& plan,
                                                    Tally& tally, InterviewId interview,
                                                    const form::Script& script,
                                                    std::vector<form::StoredAnswer> earlier = {},
                                                    const std::vector<Mark>& marks = {});

}  // namespace bellwether::campaigns::quota
