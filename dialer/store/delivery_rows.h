#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dialer/store/store.h"

// What a proof of delivery is made of, beside Store::for_each_answer().

namespace bellwether::store {

struct DeliveryAttempt {
    AttemptId id{};
    std::optional<UtcTime> invited, answered, spoken, ended;
    std::optional<campaigns::Outcome> outcome;  ///< none while alive
    std::string trunk;
    bool reached_agent = false;  ///< the person was put through to one
    bool heard = false;          ///< the notes before the first question, to their end
};

/// A contact of a campaign with all its attempts there, in order.
struct DeliveryCase {
    ContactId contact{};
    std::string external_id;
    PhoneNumber number;  ///< the contact's first
    std::string state;   ///< of campaign_contacts; empty: the campaign has not taken it yet
    std::string rule;    ///< that denies it for good; empty unless state is DENIED
    std::vector<DeliveryAttempt> attempts;
};

/// Calls `take` for everybody on the campaign's lists, and whoever it took from lists it has no
/// more, by contact. `take` must not call the store.
[[nodiscard]] Result<void> for_each_delivery(const Store& store, CampaignId campaign,
                                             const std::function<void(const DeliveryCase&)>& take);

/// The evidence log's CALL record of each attempt that has ended. Reads every CALL record: about a
/// second for some 100,000.
[[nodiscard]] Result<std::map<AttemptId, std::uint64_t>> evidence_of_calls(const Store& store,
                                                                           CampaignId campaign);

}  // namespace bellwether::store
