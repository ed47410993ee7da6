#include "dialer/app/reports/quota_figures.h"

#include <utility>

#include "campaigns/form/read_form.h"
#include "campaigns/quota/feasibility.h"
#include "dialer/store/quota_rows.h"

namespace bellwether::app {

namespace {

namespace form = campaigns::form;
namespace quota = campaigns::quota;

/// A campaign's questionnaire with its cells; none where there are no cells.
struct Asked {
    form::Form form;
    quota::Plan plan;
};

Result<std::optional<Asked>> asked_by(const campaigns::CampaignSpec& spec) {
    if (!spec.questionnaire || spec.questionnaire->sheets.quotas.empty()) return std::nullopt;
    auto form = form::read_form(spec.questionnaire->sheets);
    if (!form) return fail(Errc::InvalidInput, describe(form.error().front()));
    auto plan = quota::read_plan(*form);
    if (!plan) return fail(Errc::InvalidInput, describe(plan.error().front()));
    if (plan->empty()) return std::nullopt;
    return Asked{*std::move(form), *std::move(plan)};
}

/// The engine's own, where there is one: it knows of places that are held.
Result<std::optional<quota::Tally>> live_tally(Backend& backend, CampaignId campaign) {
    if (!backend.live()) return std::nullopt;
    return backend.inspect(
        [campaign](const engine::EngineState& state) -> std::optional<quota::Tally> {
            const auto found = state.campaigns.find(campaign);
            if (found == state.campaigns.end()) return std::nullopt;
            return found->second.quota;
        });
}

Result<quota::Sample> sample_of(Backend& backend, CampaignId campaign, const Asked& asked,
                                const quota::Tally& tally) {
    const auto groups = store::sample_groups(backend.store(), campaign, asked.plan.contact_columns);
    if (!groups) return tl::unexpected(groups.error());
    quota::Feasibility feasibility{asked.form, asked.plan};
    quota::Sample sample;
    for (const store::SampleGroup& group : *groups) {
        if (group.state == store::SampleGroup::State::Over) {
            sample.over += group.contacts;
        } else if (group.state == store::SampleGroup::State::Closed ||
                   feasibility.reach(group.columns, tally).kind != quota::Reach::Kind::Open) {
            sample.closed += group.contacts;
        } else {
            sample.callable += group.contacts;
        }
    }
    return sample;
}

Json cell_json(const quota::CellRow& row) {
    const bool counter = row.on_full == quota::OnFull::Count;
    return {{"group", row.group},
            {"cell", row.cell},
            {"label", row.label},
            {"target", counter ? Json(nullptr) : Json(row.target)},
            {"start", row.start},
            {"completed", row.completed},
            {"in_flight", row.in_flight},
            {"full", row.is_full},
            {"full_since", iso_time(row.full_since)},
            {"rejected", row.rejected},
            {"skipped", row.skipped},
            {"on_full", name_of(row.on_full)},
            {"mode", row.soft ? "SOFT" : "HARD"}};
}

}  // namespace

Result<quota::Recount> count_quotas(const store::Store& store, CampaignId campaign,
                                    const campaigns::CampaignSpec& spec) {
    const auto asked = asked_by(spec);
    if (!asked) return tl::unexpected(asked.error());
    if (!*asked) return quota::Recount{};
    const auto interviews = store::quota_interviews(store, campaign, (*asked)->plan);
    if (!interviews) return tl::unexpected(interviews.error());
    return quota::recount((*asked)->form, (*asked)->plan, *interviews);
}

Result<std::optional<quota::Report>> quota_report(Backend& backend,
                                                  const store::CampaignRecord& campaign,
                                                  const campaigns::CampaignSpec& spec) {
    const auto read = asked_by(spec);
    if (!read) return tl::unexpected(read.error());
    if (!*read) return std::nullopt;
    const Asked& asked = **read;
    const auto interviews = store::quota_interviews(backend.store(), campaign.id, asked.plan);
    if (!interviews) return tl::unexpected(interviews.error());
    auto live = live_tally(backend, campaign.id);
    if (!live) return tl::unexpected(live.error());
    const bool knows = *live && (*live)->cells.size() == asked.plan.cells.size();
    const quota::Tally tally =
        knows ? **live
              : quota::make_tally(asked.plan, quota::recount(asked.form, asked.plan, *interviews));
    const auto sample = sample_of(backend, campaign.id, asked, tally);
    if (!sample) return tl::unexpected(sample.error());
    quota::Report report = quota::report(asked.form, asked.plan, *interviews, *sample);
    for (std::size_t i = 0; knows && i < report.cells.size(); ++i)
        report.cells[i].in_flight = tally.cells[i].in_flight;
    return report;
}

Json quota_json(const std::string& campaign, const quota::Report& report) {
    Json json{{"campaign", campaign}, {"cells", Json::array()}};
    for (const quota::CellRow& row : report.cells) json["cells"].push_back(cell_json(row));
    json["outside"] = Json::array();
    for (const auto& [group, interviews] : report.outside)
        json["outside"].push_back({{"group", group}, {"interviews", interviews}});
    json["contacts"] = report.contacts;
    json["places"] = Json::array();
    for (const auto& [place, contacts] : report.places)
        json["places"].push_back({{"place", name_of(place)}, {"contacts", contacts}});
    return json;
}

Result<std::optional<QuotaRefusal>> quota_refusal(Backend& backend, CampaignId campaign,
                                                  const campaigns::CampaignSpec& spec,
                                                  ContactId contact) {
    const auto read = asked_by(spec);
    if (!read) return tl::unexpected(read.error());
    if (!*read) return std::nullopt;
    const Asked& asked = **read;
    auto tally = live_tally(backend, campaign);
    if (!tally) return tl::unexpected(tally.error());
    if (!*tally || (*tally)->cells.size() != asked.plan.cells.size()) {
        const auto counted = count_quotas(backend.store(), campaign, spec);
        if (!counted) return tl::unexpected(counted.error());
        *tally = quota::make_tally(asked.plan, *counted);
    }
    const auto columns = store::columns_of(backend.store(), contact, asked.plan.contact_columns);
    if (!columns) return tl::unexpected(columns.error());
    quota::Feasibility feasibility{asked.form, asked.plan};
    const quota::Reach reach = feasibility.reach(*columns, **tally);
    if (reach.kind == quota::Reach::Kind::Open) return std::nullopt;
    return QuotaRefusal{reach.cell ? asked.plan.cells[*reach.cell].name : std::string{},
                        reach.kind == quota::Reach::Kind::FullOver};
}

}  // namespace bellwether::app
