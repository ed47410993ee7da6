#include <fmt/format.h>

#include "dialer/api/problem_json.h"
#include "dialer/app/files/moment.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/policy/zones.h"
#include "dialer/app/reports/explanations.h"
#include "dialer/app/reports/live_figures.h"
#include "dialer/store/conversions.h"

namespace bellwether::app {

namespace {

using compliance::ZoneOffsets;

/// The newest changes shown by `campaign explain`: a screenful.
constexpr std::size_t kChangesMax = 20;

/// The name of the zone whose clocks the campaign goes by: from its file, or from the engine.
Result<std::string> zone_name(Backend& backend, const store::CampaignRecord& campaign) {
    if (const auto file = file_of(backend, campaign)) return file->spec.hours.zone.name;
    if (backend.live()) {
        const auto known = backend.inspect([id = campaign.id](const engine::EngineState& state) {
            const auto found = state.campaigns.find(id);
            return found == state.campaigns.end() ? std::string{}
                                                  : found->second.spec.hours.zone.name;
        });
        if (!known || !known->empty()) return known;
    }
    return fail(Errc::Unavailable,
                "the campaign's file cannot be read, and so its zone is not known: write the time "
                "with its offset, as 2026-03-02T14:03:07+01:00");
}

Result<ZoneOffsets> zone_of(Backend& backend, const store::CampaignRecord& campaign, UtcTime near) {
    const auto name = zone_name(backend, campaign);
    if (!name) return tl::unexpected(name.error());
    return zone_offsets(*name, near);
}

/// What the zone's clocks cannot be read for is shown in UTC.
ZoneOffsets zone_or_utc(Backend& backend, const store::CampaignRecord& campaign, UtcTime near) {
    return zone_of(backend, campaign, near).value_or(ZoneOffsets{"UTC", {}});
}

Error nothing_told(const store::CampaignRecord& campaign,
                   const std::optional<store::JournalSpan>& span, const ZoneOffsets& zone) {
    if (!span) {
        return {Errc::NotFound, "the journal is empty: nothing has been dialed on this store yet"};
    }
    return {
        Errc::NotFound,
        fmt::format("the journal has no decision of {} at that time or before: it goes from {} "
                    "to {}",
                    campaign.name, zoned_time(span->first, zone), zoned_time(span->last, zone))};
}

/// "A start of the service lies between": then the decision is of an earlier one, and none was made
/// since.
Result<bool> restarted_between(const store::Store& store, std::uint64_t from, std::uint64_t to) {
    const auto segments = store.journal_segments();
    if (!segments) return tl::unexpected(segments.error());
    Epoch before{};
    Epoch after{};
    for (const auto& segment : *segments) {
        if (segment.first_seq <= from) before = segment.epoch;
        if (segment.first_seq <= to) after = segment.epoch;
    }
    return before != after;
}

Result<Json> explain_then(Backend& backend, const store::CampaignRecord& campaign, UtcTime moment,
                          const ZoneOffsets& zone) {
    const store::Store& store = backend.store();
    const auto span = store.journal_span();
    if (!span) return tl::unexpected(span.error());
    const auto seq = store.journal_seq_at(moment);
    if (!seq) return tl::unexpected(seq.error());
    if (!*seq) return tl::unexpected(nothing_told(campaign, *span, zone));
    const auto found = last_explanation(store, campaign.id, **seq);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return tl::unexpected(nothing_told(campaign, *span, zone));
    const auto restarted = restarted_between(store, (*found)->seq, **seq);
    if (!restarted) return tl::unexpected(restarted.error());

    Json body{{"campaign", campaign.name},
              {"at", nullptr},
              {"asked_at", zoned_time(moment, zone)},
              {"zone", zone.name}};
    body.update(explanation_json(**found, zone));
    body["restarted_since"] = *restarted;
    return body;
}

api::Response explain_at(Backend& backend, const store::CampaignRecord& campaign,
                         const std::string& text) {
    const UtcTime now = backend.utc_now();
    ZoneOffsets zone;
    if (has_offset(text)) {
        zone = zone_or_utc(backend, campaign, about(text, now));
    } else {
        auto found = zone_of(backend, campaign, about(text, now));
        if (!found) return api::problem(found.error());
        zone = *std::move(found);
    }
    const auto moment = parse_moment(text, zone, now);
    if (!moment) return api::problem({moment.error().code, "--at: " + moment.error().detail});
    const auto body = explain_then(backend, campaign, *moment, zone);
    return body ? json_response(*body) : api::problem(body.error());
}

api::Response explain_now(Backend& backend, const store::CampaignRecord& campaign) {
    Json body{{"campaign", campaign.name}, {"state", name_of(campaign.run_state)}};
    if (const auto added = add_live(backend, campaign.id, body); !added)
        return api::problem(added.error());
    const auto changes = last_changes(backend.store(), campaign.id, kChangesMax);
    if (!changes) return api::problem(changes.error());
    const auto figures = backend.store().figures(campaign.id);
    if (!figures) return api::problem(figures.error());
    body["left"] = figures->fresh + figures->claimed + figures->live + figures->retry;
    body["next_due"] = iso_time(figures->next_due);
    const auto conversions =
        store::conversions_due(backend.store(), campaign.id, backend.utc_now());
    if (!conversions) return api::problem(conversions.error());
    body["conversions_due"] = *conversions;
    body["history"] = Json::array();
    const ZoneOffsets zone = zone_or_utc(backend, campaign, backend.utc_now());
    for (const auto& change : *changes) body["history"].push_back(explanation_json(change, zone));
    return json_response(body);
}

}  // namespace

api::Response explain_campaign(Backend& backend, const Call& call) {
    const auto campaign = find_campaign(backend, call.names.at(0));
    if (!campaign) return api::problem(campaign.error());
    const std::string at = call.query_value("at");
    return at.empty() ? explain_now(backend, *campaign) : explain_at(backend, *campaign, at);
}

}  // namespace bellwether::app
