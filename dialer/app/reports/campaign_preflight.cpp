#include "dialer/app/reports/campaign_preflight.h"

#include <fmt/format.h>

#include "compliance/calling_hours.h"
#include "dialer/app/commands/explain_words.h"
#include "dialer/app/files/moment.h"
#include "dialer/app/reports/quota_figures.h"
#include "dialer/store/dial_rehearsal.h"

namespace bellwether::app {

namespace {

// Some two seconds of looking: enough to see which rule stands against how many.
constexpr std::int64_t kAsked = 20'000;

std::int64_t count_of(const store::DialRehearsal& rehearsal, compliance::Verdict verdict) {
    const auto found = rehearsal.verdicts.find(verdict);
    return found == rehearsal.verdicts.end() ? 0 : found->second;
}

Json hours_json(const campaigns::CampaignSpec& spec, UtcTime now) {
    const auto hours = compliance::check_hours(spec.hours, now);
    return {
        {"zone", spec.hours.zone.name},
        {"open", hours.open},
        {"until", hours.until ? Json(zoned_time(*hours.until, spec.hours.zone)) : Json(nullptr)}};
}

/// What the packs say of the contacts, and when they let the deferred go.
Result<void> add_verdicts(Backend& backend, const store::CampaignRecord& campaign,
                          const campaigns::CampaignSpec& spec, Json& json) {
    store::DialPolicy* policy = backend.dial_policy();
    if (policy == nullptr) {
        json["note"] = "no service runs: the policy packs were not asked";
        return {};
    }
    const auto rehearsal =
        store::rehearse_dials(backend.store(), *policy, campaign.id, kAsked, backend.utc_now());
    if (!rehearsal) return tl::unexpected(rehearsal.error());
    json["asked"] = rehearsal->asked;
    json["can_be_dialed_now"] = count_of(*rehearsal, compliance::Verdict::Allow);
    json["skipped_now"] = rehearsal->asked - count_of(*rehearsal, compliance::Verdict::Allow);
    json["skipped"] = Json::array();
    for (const auto& [rule, contacts] : rehearsal->rules)
        json["skipped"].push_back({{"reason", rule}, {"contacts", contacts}});
    json["opens_next"] = Json::array();
    for (const auto& [at, contacts] : rehearsal->opens) {
        json["opens_next"].push_back(
            {{"at", zoned_time(at, spec.hours.zone)}, {"contacts", contacts}});
    }
    return {};
}

}  // namespace

Result<Json> campaign_preflight(Backend& backend, const store::CampaignRecord& campaign,
                                const campaigns::CampaignSpec& spec) {
    const auto figures = backend.store().figures(campaign.id);
    if (!figures) return tl::unexpected(figures.error());
    Json json{{"contacts", figures->total},
              {"untouched", figures->fresh},
              {"waiting", figures->retry},
              {"finished", figures->done + figures->denied},
              {"hours", hours_json(spec, backend.utc_now())}};
    if (const auto added = add_verdicts(backend, campaign, spec, json); !added)
        return tl::unexpected(added.error());
    const auto quotas = quota_report(backend, campaign, spec);
    if (!quotas) return tl::unexpected(quotas.error());
    if (*quotas) {
        // Counted over all contacts, where the packs were asked about some.
        json["closed_by_quota"] = (*quotas)->places.at(campaigns::quota::Place::Closed);
        json["open_by_quota"] = (*quotas)->places.at(campaigns::quota::Place::Open);
        json["quotas"] = quota_json(campaign.name, **quotas)["cells"];
    }
    return json;
}

}  // namespace bellwether::app
