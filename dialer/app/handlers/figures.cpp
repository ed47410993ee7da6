#include "dialer/app/reports/figures.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/live_figures.h"

namespace bellwether::app {

api::Response get_campaign_stats(Backend& backend, const Call& call) {
    const auto campaign = find_campaign(backend, call.names.at(0));
    if (!campaign) return api::problem(campaign.error());
    const auto figures = backend.store().figures(campaign->id);
    if (!figures) return api::problem(figures.error());
    Json body{{"campaign", campaign->name}, {"state", name_of(campaign->run_state)}};
    body.update(figures_json(*figures));
    if (const auto added = add_live(backend, campaign->id, body); !added)
        return api::problem(added.error());
    return json_response(body);
}

}  // namespace bellwether::app
