#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dialer/store/period_reports.h"

namespace bellwether::store {

/// An attempt of a case that has ended, with what was said of it.
struct SampleAttempt {
    AttemptId id{};
    NumberId number{};
    UtcTime dialed;  ///< when it was decided
    std::optional<UtcTime> answered;
    UtcTime ended;
    campaigns::Outcome outcome = campaigns::Outcome::Unknown;
    int sip_status = 0;
    std::string interview_code;  ///< AAPOR's, where this attempt was the last of an interview
    std::string disposition;     ///< the agent's; may be empty
};

/// A contact as a case of a survey's sample.
struct SampleCase {
    ContactId contact{};
    bool is_released = false;                ///< the campaign has taken it from its list
    bool suppressed_before_dialing = false;  ///< on do-not-call before any attempt was made
    bool has_interview = false;              ///< one was begun, at whatever attempt
    std::string base_weight;                 ///< the list's column weight_base; empty: none
    std::vector<NumberId> numbers;           ///< of the contact, the first first
    std::vector<SampleAttempt> attempts;     ///< in order
};

/// Calls `take` for each case of the campaign by contact: everybody on its lists, and whoever it
/// took from lists it has no more. With a period: only those with an attempt that ended in it, with
/// such attempts alone. `take` must not call the store. One pass over contacts and attempts.
[[nodiscard]] Result<void> for_each_case(const Store& store, CampaignId campaign,
                                         const std::optional<Period>& period,
                                         const std::function<void(const SampleCase&)>& take);

}  // namespace bellwether::store
