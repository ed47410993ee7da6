#pragma once

#include "campaigns/form/interview.h"
#include "campaigns/outcome.h"

namespace bellwether::campaigns {

/// What an attempt came to whose interview ended so. Who only hung up, or fell silent, has refused
/// nothing that he was asked.
[[nodiscard]] Outcome outcome_of(form::Outcome ended, form::EndCause cause);

}  // namespace bellwether::campaigns
