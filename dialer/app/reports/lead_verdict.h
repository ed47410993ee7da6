#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "campaigns/campaign_spec.h"
#include "compliance/decision.h"
#include "dialer/app/reports/quota_figures.h"
#include "dialer/engine/states.h"
#include "dialer/store/conversions.h"
#include "dialer/store/records.h"

namespace bellwether::app {

/// What is known of one contact in one campaign that dials its list.
struct LeadFacts {
    UtcTime now;
    store::ContactStanding standing;                ///< New: the campaign has not touched it
    const campaigns::CampaignSpec* spec = nullptr;  ///< none: its file cannot be read
    engine::CampaignRunState run_state = engine::CampaignRunState::Stopped;
    bool live = false;  ///< a service runs
    bool on_do_not_call = false;
    bool destination_allowed = true;              ///< a trunk may dial the number
    bool number_busy = false;                     ///< another attempt at the number is alive
    std::optional<UtcTime> number_cools_until;    ///< nobody dials the number before (promise R4)
    std::optional<QuotaRefusal> quota_refusal{};  ///< none: a cell is open for it
    std::optional<store::ConversionRecord> refusal{};  ///< its last; none: it has not refused
    std::int64_t ahead = 0;  ///< contacts that the campaign dials before it
    /// Why the campaign dials no more than it does, as `campaign explain` says it; live only.
    std::string campaign_reason;
};

/// Why the contact is not being dialed, and when it will be.
struct LeadVerdict {
    compliance::Rule rule = compliance::Rule::None;  ///< of calling, that stands against it now
    /// The earliest moment at which it may be dialed, as far as rules and retries go; none: it will
    /// not be, or that hangs on somebody (a campaign to be started).
    std::optional<UtcTime> next_at;
    std::string words;  ///< one sentence
    std::string mend;   ///< what somebody can do about it; empty: nothing, or nothing is wrong
};

/// The first reason that holds, in the order in which they would stop the call. Cannot fail.
[[nodiscard]] LeadVerdict lead_verdict(const LeadFacts& facts);

}  // namespace bellwether::app
