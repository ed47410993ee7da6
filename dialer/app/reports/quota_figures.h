#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "campaigns/campaign_spec.h"
#include "campaigns/quota/report.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/handlers/backend.h"

namespace bellwether::app {

/// What the engine's tally of a campaign begins with: the interviews in the store that count in its
/// cells. Empty where the campaign has no quotas.
[[nodiscard]] Result<campaigns::quota::Recount> count_quotas(const store::Store& store,
                                                             CampaignId campaign,
                                                             const campaigns::CampaignSpec& spec);

/// How a campaign's cells are filled, and where its contacts stand: none where it has no quotas.
/// Places that are held for interviews that broke off are in it while a service runs. Looks at
/// every contact of the lists: about a second for a million.
[[nodiscard]] Result<std::optional<campaigns::quota::Report>> quota_report(
    Backend& backend, const store::CampaignRecord& campaign, const campaigns::CampaignSpec& spec);

/// The same for `survey quota` and `report quota`.
[[nodiscard]] Json quota_json(const std::string& campaign, const campaigns::quota::Report& report);

/// Why a contact is not called by the quotas of a campaign; none: they do not stand against it.
struct QuotaRefusal {
    std::string cell;      ///< a full one; empty: no cell is about him
    bool for_good = true;  ///< else only while the interviews that go on hold their places
};
[[nodiscard]] Result<std::optional<QuotaRefusal>> quota_refusal(Backend& backend,
                                                                CampaignId campaign,
                                                                const campaigns::CampaignSpec& spec,
                                                                ContactId contact);

}  // namespace bellwether::app
