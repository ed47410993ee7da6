#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/quota_figures.h"

namespace bellwether::app {

namespace {

constexpr const char* kCsvType = "text/csv; charset=utf-8";

/// None: the campaign has no quotas, or its files cannot be read.
Result<std::optional<Json>> quotas_of(Backend& backend, const store::CampaignRecord& record) {
    const auto file = file_of(backend, record);
    if (!file) return std::nullopt;
    const auto report = quota_report(backend, record, file->spec);
    if (!report) return tl::unexpected(report.error());
    if (!*report) return std::nullopt;
    return quota_json(record.name, **report);
}

std::string text_of(const Json& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string quotas_csv(const Json& campaigns) {
    const std::vector<std::string> columns{"group",      "cell",      "label",     "target",
                                           "start",      "completed", "in_flight", "full",
                                           "full_since", "rejected",  "skipped"};
    std::vector<std::string> head{"campaign"};
    head.insert(head.end(), columns.begin(), columns.end());
    std::string csv = csv_row(head);
    for (const auto& campaign : campaigns) {
        for (const auto& cell : campaign["cells"]) {
            std::vector<std::string> fields{campaign["campaign"].get<std::string>()};
            for (const std::string& column : columns) fields.push_back(text_of(cell[column]));
            csv += csv_row(fields);
        }
    }
    return csv;
}

}  // namespace

api::Response get_campaign_quota(Backend& backend, const Call& call) {
    const auto record = find_campaign(backend, call.names.at(0));
    if (!record) return api::problem(record.error());
    const auto quotas = quotas_of(backend, *record);
    if (!quotas) return api::problem(quotas.error());
    if (!*quotas) {
        return api::problem({Errc::NotFound,
                             "the campaign has no quotas: its questionnaire's folder "
                             "holds no quotas.csv with cells"});
    }
    return json_response(**quotas);
}

api::Response report_quota(Backend& backend, const Call& call) {
    const auto records = reported_campaigns(backend, call);
    if (!records) return api::problem(records.error());
    Json campaigns = Json::array();
    for (const auto& record : *records) {
        auto quotas = quotas_of(backend, record);
        if (!quotas) return api::problem(quotas.error());
        if (*quotas) campaigns.push_back(**std::move(quotas));
    }
    if (call.query_value("format") == "csv") return {200, kCsvType, quotas_csv(campaigns), {}};
    return json_response({{"campaigns", std::move(campaigns)}});
}

}  // namespace bellwether::app
