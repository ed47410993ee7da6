#pragma once

#include <vector>

#include "base/ids.h"
#include "campaigns/form/interview.h"
#include "campaigns/quota/tally.h"

namespace bellwether::campaigns::quota {

/// The cells that the answers given so far match, in each group that they decide. A group is
/// decided once every row behind its cells is settled; a row that is not asked, once the next item
/// lies behind it. Rules: research/surveys.md 3.3.1.
[[nodiscard]] std::vector<Matching> matching_cells(const form::Form& form, const Plan& plan,
                                                   const form::Answers& answers);

/// Asks for the places that the answers call for, before the interview's next item, and says what
/// follows for the interview (form::quotas_decided()).
[[nodiscard]] form::QuotaVerdict decide(const form::Form& form, const Plan& plan, Tally& tally,
                                        InterviewId interview, const form::Answers& answers);

/// Does an interview that ended so count in its cells?
[[nodiscard]] bool counts(const form::Form& form, form::Outcome outcome);
/// May a further attempt go on with it?
[[nodiscard]] bool may_go_on(const form::InterviewEnd& end);

}  // namespace bellwether::campaigns::quota
