#include <algorithm>
#include <cmath>
#include <map>

#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/agent_times.h"
#include "dialer/app/reports/list_json.h"
#include "dialer/app/reports/period.h"

// Reports over a time, and of lists: every figure is counted from rows by an index.

namespace bellwether::app {

namespace {

constexpr const char* kCsvType = "text/csv; charset=utf-8";

double rounded(AgentTimes::Seconds seconds) { return std::round(seconds.count() * 10) / 10; }

Json agent_json(const store::AgentPeriod& agent, const AgentTimes& times) {
    Json json{{"agent", agent.name},
              {"sign_ins", times.sign_ins},
              {"signed_in_s", rounded(times.signed_in)},
              {"ready_s", rounded(times.ready)},
              {"talk_s", rounded(times.talk)},
              {"wrap_up_s", rounded(times.wrap_up)},
              {"paused_s", rounded(times.paused)},
              {"calling_phone_s", rounded(times.calling_phone)}};
    json["paused_by"] = Json::object();
    for (const auto& [reason, spent] : times.paused_by) json["paused_by"][reason] = rounded(spent);
    std::int64_t calls = 0;
    for (const auto& count : agent.calls) calls += count.attempts;
    const double hours = times.signed_in.count() / 3600;
    json["calls"] = calls;
    json["calls_per_hour"] =
        hours > 0 ? Json(std::round(static_cast<double>(calls) / hours * 10) / 10) : Json(nullptr);
    json["outcomes"] = Json::object();
    for (const auto& count : agent.calls)
        json["outcomes"][std::string{name_of(count.outcome)}] = count.attempts;
    return json;
}

std::string agents_csv(const Json& agents) {
    const std::vector<std::string> keys{"agent",  "sign_ins",      "signed_in_s", "ready_s",
                                        "talk_s", "wrap_up_s",     "paused_s",    "calling_phone_s",
                                        "calls",  "calls_per_hour"};
    std::string csv = csv_row(keys);
    for (const auto& agent : agents) {
        std::vector<std::string> row;
        for (const auto& key : keys) {
            const Json& value = agent[key];
            row.push_back(value.is_string() ? value.get<std::string>()
                          : value.is_null() ? std::string{}
                                            : value.dump());
        }
        csv += csv_row(row);
    }
    return csv;
}

std::string lists_csv(const Json& lists) {
    std::string csv = csv_row({"list", "campaign", "total", "untouched", "waiting", "with_engine",
                               "done", "denied", "tried", "finished"});
    for (const auto& list : lists) {
        for (const auto& campaign : list["campaigns"]) {
            std::vector<std::string> row{list["list"].get<std::string>(),
                                         campaign["campaign"].get<std::string>()};
            for (const char* key : {"total", "untouched", "waiting", "with_engine", "done",
                                    "denied", "tried", "finished"})
                row.push_back(campaign[key].dump());
            csv += csv_row(row);
        }
    }
    return csv;
}

}  // namespace

api::Response report_agents(Backend& backend, const Call& call) {
    const UtcTime now = backend.utc_now();
    const auto period = read_period(call, now);
    if (!period) return api::problem(period.error());
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    const auto agents = store::agents_in(backend.store(), *period);
    if (!agents) return api::problem(agents.error());
    Json rows = Json::array();
    for (const auto& agent : *agents) {
        if (scope->includes(agent.client))
            rows.push_back(agent_json(agent, agent_times(agent.states, *period, now)));
    }
    if (call.query_value("format") == "csv") return {200, kCsvType, agents_csv(rows), {}};
    return json_response({{"from", iso_time(period->from)},
                          {"to", iso_time(period->to)},
                          {"agents", std::move(rows)}});
}

api::Response report_lists(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    const auto lists = backend.store().lists();
    if (!lists) return api::problem(lists.error());
    const std::string only = call.query_value("campaign");
    Json rows = Json::array();
    for (const auto& list : *lists) {
        if (!scope->includes(list.client)) continue;
        auto campaigns = list_standing_json(backend, list.id, only);
        if (!campaigns) return api::problem(campaigns.error());
        if (campaigns->empty() && !only.empty()) continue;
        rows.push_back({{"list", list.name},
                        {"contacts", list.contacts},
                        {"campaigns", *std::move(campaigns)}});
    }
    if (call.query_value("format") == "csv") return {200, kCsvType, lists_csv(rows), {}};
    return json_response({{"lists", std::move(rows)}});
}

}  // namespace bellwether::app
