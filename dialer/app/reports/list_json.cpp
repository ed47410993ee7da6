#include "dialer/app/reports/list_json.h"

#include <algorithm>

#include "dialer/store/list_figures.h"

namespace bellwether::app {

namespace {

double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

Json figures_json(const std::string& campaign, const store::ListFigures& figures) {
    const std::int64_t finished = figures.done + figures.denied;
    Json json{{"campaign", campaign},
              {"total", figures.total},
              {"untouched", figures.untouched},
              {"waiting", figures.waiting},
              {"with_engine", figures.with_engine},
              {"done", figures.done},
              {"denied", figures.denied},
              {"tried", figures.tried},
              {"finished", finished},
              {"tried_share", share(figures.tried, figures.total)},
              {"finished_share", share(finished, figures.total)}};
    json["outcomes"] = Json::array();
    for (const auto& ended : figures.ended)
        json["outcomes"].push_back(
            {{"outcome", name_of(ended.outcome)}, {"contacts", ended.contacts}});
    return json;
}

}  // namespace

Result<Json> list_standing_json(Backend& backend, ListId list, const std::string& only) {
    const auto figures = store::list_figures(backend.store(), list);
    if (!figures) return tl::unexpected(figures.error());
    const auto records = backend.store().campaigns();
    if (!records) return tl::unexpected(records.error());
    Json campaigns = Json::array();
    for (const auto& one : *figures) {
        const auto record = std::ranges::find(*records, one.campaign, &store::CampaignRecord::id);
        if (record == records->end() || (!only.empty() && record->name != only)) continue;
        campaigns.push_back(figures_json(record->name, one));
    }
    return campaigns;
}

}  // namespace bellwether::app
