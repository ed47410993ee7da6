#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/figures.h"
#include "dialer/app/reports/period.h"
#include "dialer/store/period_reports.h"

namespace bellwether::app {

namespace {

using store::TrunkResult;

constexpr const char* kCsvType = "text/csv; charset=utf-8";

auto kind_of(const TrunkResult& result) {
    return std::tuple{result.trunk, !result.answered, result.outcome, result.sip_status,
                      result.q850_cause};
}

/// What several campaigns had on the same trunk, with the same end, is one row; by trunk, the
/// answered ones first.
std::vector<TrunkResult> merged(const std::vector<TrunkResult>& results) {
    std::map<decltype(kind_of(results.front())), TrunkResult> rows;
    for (const TrunkResult& result : results) {
        const auto [row, is_new] = rows.try_emplace(kind_of(result), result);
        if (!is_new) row->second.attempts += result.attempts;
    }
    std::vector<TrunkResult> all;
    for (const auto& [kind, row] : rows) all.push_back(row);
    return all;
}

Json cause_json(const TrunkResult& result) {
    Json json{{"outcome", name_of(result.outcome)}, {"sip_status", result.sip_status}};
    json["q850_cause"] = result.q850_cause ? Json(*result.q850_cause) : Json(nullptr);
    json["attempts"] = result.attempts;
    return json;
}

Json trunk_json(const std::string& trunk, const std::vector<TrunkResult>& results) {
    std::int64_t attempts = 0;
    std::int64_t answered = 0;
    std::vector<TrunkResult> failures;
    for (const TrunkResult& result : results) {
        if (result.trunk != trunk) continue;
        attempts += result.attempts;
        if (result.answered) {
            answered += result.attempts;
        } else {
            failures.push_back(result);
        }
    }
    std::ranges::stable_sort(failures, std::greater{}, &TrunkResult::attempts);
    // ITU-T E.425: answered seizures of all seizures.
    const double ratio = static_cast<double>(answered) / static_cast<double>(attempts);
    Json json{{"trunk", trunk},
              {"attempts", attempts},
              {"answered", answered},
              {"failed", attempts - answered},
              {"answer_seizure_ratio", std::round(ratio * 10'000) / 10'000}};
    json["failures"] = Json::array();
    for (const TrunkResult& failure : failures) json["failures"].push_back(cause_json(failure));
    return json;
}

std::string trunks_csv(const std::vector<TrunkResult>& results) {
    std::string csv =
        csv_row({"trunk", "outcome", "answered", "sip_status", "q850_cause", "attempts"});
    for (const TrunkResult& result : results) {
        csv += csv_row({result.trunk, std::string{name_of(result.outcome)},
                        result.answered ? "1" : "0", std::to_string(result.sip_status),
                        result.q850_cause ? std::to_string(*result.q850_cause) : "",
                        std::to_string(result.attempts)});
    }
    return csv;
}

}  // namespace

api::Response report_trunks(Backend& backend, const Call& call) {
    const auto records = reported_campaigns(backend, call);
    if (!records) return api::problem(records.error());
    const auto period = read_period(call, backend.utc_now());
    if (!period) return api::problem(period.error());
    std::vector<TrunkResult> found;
    for (const auto& record : *records) {
        const auto results = store::trunks_in(backend.store(), record.id, *period);
        if (!results) return api::problem(results.error());
        found.insert(found.end(), results->begin(), results->end());
    }
    const auto results = merged(found);
    if (call.query_value("format") == "csv") return {200, kCsvType, trunks_csv(results), {}};
    Json trunks = Json::array();
    std::string last;
    for (const TrunkResult& result : results) {
        if (!trunks.empty() && result.trunk == last) continue;
        last = result.trunk;
        trunks.push_back(trunk_json(last, results));
    }
    return json_response({{"from", iso_time(period->from)},
                          {"to", iso_time(period->to)},
                          {"trunks", std::move(trunks)}});
}

}  // namespace bellwether::app
