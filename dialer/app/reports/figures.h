#pragma once

#include <cstdint>

#include "dialer/app/files/json_text.h"
#include "dialer/store/records.h"

namespace bellwether::app {

/// The attempts of a campaign by the columns of a report. attempts == answered + machines + busy +
/// no_answer + failed: calls that were placed and have ended. Besides them: alive, and not_dialed
/// (stored, then withdrawn or denied before an INVITE).
struct AttemptColumns {
    std::int64_t attempts = 0;
    std::int64_t answered = 0;
    std::int64_t machines = 0;
    std::int64_t busy = 0;
    std::int64_t no_answer = 0;
    std::int64_t failed = 0;
    std::int64_t not_dialed = 0;
};

[[nodiscard]] AttemptColumns attempt_columns(const store::CampaignFigures& figures);
[[nodiscard]] std::int64_t attempts_with(const store::CampaignFigures& figures,
                                         campaigns::Outcome outcome);

/// A campaign's figures as `campaign stats` prints them.
[[nodiscard]] Json figures_json(const store::CampaignFigures& figures);

}  // namespace bellwether::app
