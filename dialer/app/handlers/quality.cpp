#include <map>
#include <string>
#include <utility>
#include <vector>

#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/period.h"
#include "dialer/app/reports/quality_figures.h"
#include "dialer/store/call_quality.h"

// How well calls were heard: by campaign, by the trunk that carried them, and by agent.

namespace bellwether::app {

namespace {

constexpr const char* kCsvType = "text/csv; charset=utf-8";

using ByName = std::map<std::string, std::vector<engine::CallQuality>>;

template <class Id, class Records>
std::map<Id, std::string> names_of(const Result<Records>& records) {
    std::map<Id, std::string> names;
    if (!records) return names;
    for (const auto& record : *records) names[record.id] = record.name;
    return names;
}

/// A removed agent has no name any more: his id stands for it.
template <class Id>
std::string name_of_id(const std::map<Id, std::string>& names, Id id) {
    const auto found = names.find(id);
    return found == names.end() ? std::to_string(value_of(id)) : found->second;
}

Json rows_of(const char* key, const ByName& groups) {
    Json rows = Json::array();
    for (const auto& [name, calls] : groups) {
        rows.push_back({{key, name}});
        rows.back().update(quality_figures_json(quality_figures(calls)));
    }
    return rows;
}

std::string quality_csv(const Json& body) {
    std::string csv = csv_row({"by", "name", "calls", "mos_median", "dissatisfying", "share",
                               "loss_percent", "jitter_ms"});
    for (const auto& [list, key] : {std::pair{"campaigns", "campaign"},
                                    std::pair{"trunks", "trunk"}, std::pair{"agents", "agent"}}) {
        for (const auto& row : body[list]) {
            std::vector<std::string> fields{key, row[key].get<std::string>()};
            for (const char* figure :
                 {"calls", "mos_median", "dissatisfying", "share", "loss_percent", "jitter_ms"})
                fields.push_back(row[figure].is_null() ? std::string{} : row[figure].dump());
            csv += csv_row(fields);
        }
    }
    return csv;
}

}  // namespace

api::Response report_quality(Backend& backend, const Call& call) {
    const auto records = reported_campaigns(backend, call);
    if (!records) return api::problem(records.error());
    const auto period = read_period(call, backend.utc_now());
    if (!period) return api::problem(period.error());
    const auto calls = store::quality_in(backend.store(), *period);
    if (!calls) return api::problem(calls.error());
    const bool is_part =
        !call.query_value("campaign").empty() || !call.query_value("client").empty();
    const auto campaigns = names_of<CampaignId>(records);
    const auto agents = names_of<AgentId>(backend.store().agents());
    ByName by_campaign, by_trunk, by_agent;
    for (const auto& one : *calls) {
        if (is_part && !campaigns.contains(one.campaign)) continue;
        if (one.campaign != CampaignId{})
            by_campaign[name_of_id(campaigns, one.campaign)].push_back(one.quality);
        if (!one.quality.trunk.empty()) by_trunk[one.quality.trunk].push_back(one.quality);
        if (one.agent != AgentId{}) by_agent[name_of_id(agents, one.agent)].push_back(one.quality);
    }
    Json body{{"from", iso_time(period->from)},
              {"to", iso_time(period->to)},
              {"dissatisfying_below", kManyDissatisfiedBelow},
              {"campaigns", rows_of("campaign", by_campaign)},
              {"trunks", rows_of("trunk", by_trunk)},
              {"agents", rows_of("agent", by_agent)}};
    if (call.query_value("format") == "csv") return {200, kCsvType, quality_csv(body), {}};
    return json_response(body);
}

}  // namespace bellwether::app
