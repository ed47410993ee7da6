#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "campaigns/quota/plan.h"
#include "campaigns/quota/recount.h"
#include "dialer/store/store.h"

namespace bellwether::store {

/// All interviews of a campaign with what its quotas made of them, those that have ended first, in
/// the order of their ends. One that a crash cut short counts as broken off when its attempt ended.
/// Answers and columns come with those that were decided on under another fingerprint than the
/// plan's: some 20 microseconds each, else 5.
[[nodiscard]] Result<std::vector<campaigns::quota::PastInterview>> quota_interviews(
    const Store& store, CampaignId campaign, const campaigns::quota::Plan& plan);

/// Contacts of a campaign's lists without an interview that have the same values in the columns
/// that its quotas go by.
struct SampleGroup {
    enum class State {
        Callable,  ///< waits to be called, or is being called
        Closed,    ///< refused because its cells were full
        Over,      ///< is not called any more for another reason
    };
    State state = State::Callable;
    std::vector<campaigns::form::NamedText> columns;
    std::int64_t contacts = 0;
};
/// Looks at every contact: about a second for a million.
[[nodiscard]] Result<std::vector<SampleGroup>> sample_groups(
    const Store& store, CampaignId campaign, const std::vector<std::string>& columns);

/// "language" and the columns asked for, as a questionnaire sees them. Errors: NotFound.
[[nodiscard]] Result<std::vector<campaigns::form::NamedText>> columns_of(
    const Store& store, ContactId contact, const std::vector<std::string>& names);

/// Contacts that were refused because their cells were full may be claimed again; who is still not
/// wanted is refused again. Tells the engine if there were any. Returns how many.
[[nodiscard]] Result<std::int64_t> reopen_quota_contacts(Store& store, CampaignId campaign);

}  // namespace bellwether::store
