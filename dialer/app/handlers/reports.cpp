#include <algorithm>
#include <cmath>
#include <optional>

#include "campaigns/form/read_form.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/files/campaign_file.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/abandonment_windows.h"
#include "dialer/app/reports/detection_figures.h"
#include "dialer/app/reports/figures.h"
#include "dialer/app/reports/period.h"

namespace bellwether::app {

namespace {

constexpr const char* kCsvType = "text/csv; charset=utf-8";
constexpr const char* kSvgType = "image/svg+xml";

std::string outcomes_csv(const Json& campaigns) {
    std::string csv = csv_row({"campaign", "outcome", "class", "attempts"});
    for (const auto& campaign : campaigns) {
        for (const auto& row : campaign["outcomes"]) {
            csv += csv_row({campaign["campaign"].get<std::string>(),
                            row["outcome"].get<std::string>(), row["class"].get<std::string>(),
                            std::to_string(row["attempts"].get<std::int64_t>())});
        }
    }
    return csv;
}

Json outcome_rows(const store::CampaignFigures& figures) {
    Json rows = Json::array();
    for (const auto& count : figures.outcomes) {
        rows.push_back({{"outcome", name_of(count.outcome)},
                        {"class", name_of(campaigns::class_of(count.outcome))},
                        {"attempts", count.attempts}});
    }
    return rows;
}

Json outcomes_json(const std::string& name, const store::CampaignFigures& figures) {
    Json json{{"campaign", name}};
    json.update(figures_json(figures));
    json["outcomes"] = outcome_rows(figures);
    return json;
}

/// Attempts that ended in a time: the columns of `campaign stats` and each outcome, which add up.
Json outcomes_in_json(const std::string& name, const store::CampaignFigures& figures) {
    const AttemptColumns columns = attempt_columns(figures);
    Json json{{"campaign", name},
              {"attempts", columns.attempts},
              {"answered", columns.answered},
              {"machines", columns.machines},
              {"busy", columns.busy},
              {"no_answer", columns.no_answer},
              {"failed", columns.failed},
              {"not_dialed", columns.not_dialed}};
    json["outcomes"] = outcome_rows(figures);
    return json;
}

api::Response report_outcomes_in(Backend& backend, const Call& call,
                                 const std::vector<store::CampaignRecord>& records) {
    const auto period = read_period(call, backend.utc_now());
    if (!period) return api::problem(period.error());
    Json campaigns = Json::array();
    for (const auto& record : records) {
        auto outcomes = store::outcomes_in(backend.store(), record.id, *period);
        if (!outcomes) return api::problem(outcomes.error());
        store::CampaignFigures figures;
        figures.outcomes = *std::move(outcomes);
        campaigns.push_back(outcomes_in_json(record.name, figures));
    }
    if (call.query_value("format") == "csv") return {200, kCsvType, outcomes_csv(campaigns), {}};
    return json_response({{"from", iso_time(period->from)},
                          {"to", iso_time(period->to)},
                          {"campaigns", std::move(campaigns)}});
}

std::string caller_ids_csv(const Json& rows) {
    std::string csv = csv_row({"campaign", "caller_id", "dialed", "answered", "answer_rate"});
    for (const auto& row : rows) {
        csv += csv_row({row["campaign"].get<std::string>(), row["caller_id"].get<std::string>(),
                        row["dialed"].dump(), row["answered"].dump(), row["answer_rate"].dump()});
    }
    return csv;
}

Json account_json(const compliance::AbandonmentAccount& account,
                  const std::optional<CampaignFile>& file) {
    Json json{{"window", window_words(account.window)},
              {"window_start", iso_time(account.window_start)},
              {"live_answers", account.live_answers},
              {"abandoned", account.abandoned}};
    json["share"] = account.live_answers == 0 ? 0.0
                                              : static_cast<double>(account.abandoned) /
                                                    static_cast<double>(account.live_answers);
    if (!file) return json;
    for (const auto& rule : file->spec.abandonment) {
        if (rule.window != account.window) continue;
        json["cap"] = rule.cap.value();
        json["slack"] = compliance::slack(account, rule.cap);
    }
    return json;
}

std::string abandonment_csv(const Json& campaigns) {
    std::string csv = csv_row(
        {"campaign", "window_start", "live_answers", "abandoned", "share", "cap", "window"});
    for (const auto& campaign : campaigns) {
        for (const auto& account : campaign["accounts"]) {
            csv +=
                csv_row({campaign["campaign"].get<std::string>(),
                         account["window_start"].get<std::string>(), account["live_answers"].dump(),
                         account["abandoned"].dump(), account["share"].dump(),
                         account.contains("cap") ? account["cap"].dump() : "",
                         account["window"].get<std::string>()});
        }
    }
    return csv;
}

/// The columns of a survey's data: its questions in order, then any that only older interviews
/// have.
std::vector<std::string> question_columns(const std::optional<CampaignFile>& file,
                                          const std::vector<store::AnswerRecord>& answers) {
    std::vector<std::string> columns;
    const auto add = [&](const std::string& name) {
        if (std::find(columns.begin(), columns.end(), name) == columns.end())
            columns.push_back(name);
    };
    if (file && file->spec.questionnaire) {
        const auto form = campaigns::form::read_form(file->spec.questionnaire->sheets);
        for (const auto& row : form ? form->rows : std::vector<campaigns::form::Row>{}) {
            const bool is_alone = row.home == campaigns::form::kNoRow;
            if (is_alone && campaigns::form::is_question(row)) add(row.name);
        }
    }
    for (const auto& answer : answers) add(answer.question);
    return columns;
}

using AnswersOf = std::map<InterviewId, std::map<std::string, std::string>>;

Result<std::string> interview_row(Backend& backend, const store::InterviewRecord& interview,
                                  const std::vector<std::string>& columns, AnswersOf& answers) {
    const auto contact = backend.store().contact(interview.contact);
    if (!contact) return tl::unexpected(contact.error());
    std::vector<std::string> fields{std::to_string(value_of(interview.id)),
                                    std::to_string(value_of(interview.contact)),
                                    contact->external_id,
                                    std::to_string(value_of(interview.attempt)),
                                    iso_time(interview.began),
                                    interview.ended ? iso_time(*interview.ended) : "",
                                    interview.end ? std::string{name_of(*interview.end)} : "",
                                    interview.aapor};
    auto& given = answers[interview.id];
    for (const auto& column : columns) fields.push_back(given[column]);
    return csv_row(fields);
}

}  // namespace

Result<std::vector<store::CampaignRecord>> reported_campaigns(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return tl::unexpected(scope.error());
    const std::string name = call.query_value("campaign");
    if (name.empty()) {
        auto records = backend.store().campaigns();
        if (records)
            std::erase_if(*records, [&](const auto& r) { return !scope->includes(r.client); });
        return records;
    }
    auto campaign = find_campaign_in(backend, *scope, name);
    if (!campaign) return tl::unexpected(campaign.error());
    return std::vector<store::CampaignRecord>{*std::move(campaign)};
}

api::Response report_outcomes(Backend& backend, const Call& call) {
    const auto records = reported_campaigns(backend, call);
    if (!records) return api::problem(records.error());
    if (has_period(call)) return report_outcomes_in(backend, call, *records);
    Json campaigns = Json::array();
    for (const auto& record : *records) {
        const auto figures = backend.store().figures(record.id);
        if (!figures) return api::problem(figures.error());
        campaigns.push_back(outcomes_json(record.name, *figures));
    }
    if (call.query_value("format") == "csv") return {200, kCsvType, outcomes_csv(campaigns), {}};
    return json_response({{"campaigns", std::move(campaigns)}});
}

api::Response report_caller_ids(Backend& backend, const Call& call) {
    const auto records = reported_campaigns(backend, call);
    if (!records) return api::problem(records.error());
    const auto period = read_period(call, backend.utc_now());
    if (!period) return api::problem(period.error());
    Json rows = Json::array();
    for (const auto& record : *records) {
        const auto figures = store::caller_ids_in(backend.store(), record.id, *period);
        if (!figures) return api::problem(figures.error());
        for (const auto& one : *figures) {
            const double rate = static_cast<double>(one.answered) / static_cast<double>(one.dialed);
            rows.push_back({{"campaign", record.name},
                            {"caller_id", one.caller_id},
                            {"dialed", one.dialed},
                            {"answered", one.answered},
                            {"answer_rate", std::round(rate * 1000) / 1000}});
        }
    }
    if (call.query_value("format") == "csv") return {200, kCsvType, caller_ids_csv(rows), {}};
    return json_response({{"from", iso_time(period->from)},
                          {"to", iso_time(period->to)},
                          {"caller_ids", std::move(rows)}});
}

api::Response report_abandonment(Backend& backend, const Call& call) {
    const auto records = reported_campaigns(backend, call);
    if (!records) return api::problem(records.error());
    std::optional<store::Period> period;
    if (has_period(call)) {
        const auto read = read_period(call, backend.utc_now());
        if (!read) return api::problem(read.error());
        period = *read;
    }
    const auto in_period = [&](UtcTime from, UtcTime to) {
        return !period || (from < period->to && to > period->from);
    };
    std::vector<ClientWindow> of_clients;
    Json campaigns = Json::array();
    for (const auto& record : *records) {
        const auto accounts = backend.store().accounts(record.id);
        if (!accounts) return api::problem(accounts.error());
        const auto file = file_of(backend, record);
        const auto detections = backend.store().detections(record.id);
        if (!detections) return api::problem(detections.error());
        Json json{{"campaign", record.name}, {"accounts", Json::array()}};
        json["people_hung_up_on"] = people_hung_up_on(detection_figures(*detections));
        for (const auto& account : *accounts) {
            if (in_period(account.window_start, account.window_start + std::chrono::hours{24}))
                json["accounts"].push_back(account_json(account, file));
        }
        json["windows"] = Json::array();
        if (file) {
            const auto windows =
                abandonment_windows(backend.store(), record, *file, backend.utc_now());
            if (!windows) return api::problem(windows.error());
            for (const auto& window : *windows) {
                if (!in_period(window.from, window.to)) continue;
                json["windows"].push_back(window_json(window));
                of_clients.push_back({file->client, window});
            }
            if (call.query_value("format") == "svg")
                return {200, kSvgType, plot_windows(record.name, *windows), {}};
        }
        campaigns.push_back(std::move(json));
    }
    if (call.query_value("format") == "csv") return {200, kCsvType, abandonment_csv(campaigns), {}};
    Json clients = Json::array();
    for (const auto& [client, window] : client_windows(of_clients)) {
        clients.push_back({{"client", client}});
        clients.back().update(window_json(window));
    }
    return json_response({{"campaigns", std::move(campaigns)}, {"clients", std::move(clients)}});
}

api::Response export_survey(Backend& backend, const Call& call) {
    const std::string format = call.query_value("format");
    if (!format.empty() && format != "csv") {
        return api::problem(
            {Errc::InvalidInput, "`format` must be csv: this version writes no other"});
    }
    const auto campaign = find_campaign(backend, call.names.at(0));
    if (!campaign) return api::problem(campaign.error());
    const auto interviews = backend.store().interviews(campaign->id);
    if (!interviews) return api::problem(interviews.error());
    std::vector<store::AnswerRecord> answers;
    const auto read = backend.store().for_each_answer(
        campaign->id, [&](const store::AnswerRecord& answer) { answers.push_back(answer); });
    if (!read) return api::problem(read.error());

    const auto columns = question_columns(file_of(backend, *campaign), answers);
    AnswersOf by_interview;
    for (const auto& answer : answers)
        by_interview[answer.interview][answer.question] = answer.value;
    std::vector<std::string> head{"interview", "contact", "external_id", "attempt",
                                  "began",     "ended",   "end",         "aapor"};
    head.insert(head.end(), columns.begin(), columns.end());
    std::string csv = csv_row(head);
    for (const auto& interview : *interviews) {
        const auto row = interview_row(backend, interview, columns, by_interview);
        if (!row) return api::problem(row.error());
        csv += *row;
    }
    return {200, kCsvType, std::move(csv), {}};
}

}  // namespace bellwether::app
