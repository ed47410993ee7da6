#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/abandonment_windows.h"
#include "dialer/app/reports/detection_figures.h"

namespace bellwether::app {

namespace {

using answer_detect::Verdict;

Result<Verdict> truth_of(const Call& call) {
    const std::string word = text_member(call.body, "truth");
    if (word == "human") return Verdict::Human;
    if (word == "machine") return Verdict::Machine;
    return fail(Errc::InvalidInput, "`truth` must be human or machine");
}

Result<AttemptId> attempt_of(const Call& call) {
    const auto attempt = id_from_text<AttemptId>(call.names.at(0));
    if (!attempt) return fail(Errc::InvalidInput, "an attempt is named by its number");
    return *attempt;
}

Json detection_record_json(const store::DetectionRecord& record) {
    Json json{{"attempt", id_json(record.attempt)},
              {"at", iso_time(record.at)},
              {"verdict", name_of(record.verdict)},
              {"code", record.code},
              {"p_machine", record.p_machine},
              {"review", name_of(record.review)},
              {"truth", record.truth ? Json(name_of(*record.truth)) : Json(nullptr)},
              {"evidence", Json::parse(record.evidence)}};
    json["evidence"].erase("is");
    return json;
}

api::Response records_json(const Result<std::vector<store::DetectionRecord>>& records) {
    if (!records) return api::problem(records.error());
    Json detections = Json::array();
    for (const auto& record : *records) detections.push_back(detection_record_json(record));
    return json_response({{"detections", std::move(detections)}});
}

std::string report_csv(const Json& campaigns) {
    std::string csv =
        csv_row({"campaign", "weights", "machines_hung_up", "reviewed", "people_among_reviewed",
                 "false_positives", "low95", "high95", "people_hung_up_on", "to_review"});
    for (const auto& campaign : campaigns) {
        for (const auto& row : campaign["weights"]) {
            csv += csv_row({campaign["campaign"].get<std::string>(),
                            row["weights"].get<std::string>(), row["hung_up"].dump(),
                            row["reviewed"].dump(), row["people_among_reviewed"].dump(),
                            row["false_positives"].is_null() ? "" : row["false_positives"].dump(),
                            row["wilson95"][0].dump(), row["wilson95"][1].dump(),
                            row["people_hung_up_on"]["estimate"].is_null()
                                ? ""
                                : row["people_hung_up_on"]["estimate"].dump(),
                            row["to_review"].dump()});
        }
    }
    return csv;
}

}  // namespace

api::Response report_detection(Backend& backend, const Call& call) {
    const auto records = reported_campaigns(backend, call);
    if (!records) return api::problem(records.error());
    Json campaigns = Json::array();
    for (const auto& record : *records) {
        const auto counts = backend.store().detections(record.id);
        if (!counts) return api::problem(counts.error());
        Json weights = Json::array();
        for (const auto& figures : detection_figures(*counts)) {
            weights.push_back(detection_json(figures));
        }
        campaigns.push_back({{"campaign", record.name}, {"weights", std::move(weights)}});
    }
    if (call.query_value("format") == "csv") {
        return {200, "text/csv; charset=utf-8", report_csv(campaigns), {}};
    }
    return json_response({{"campaigns", std::move(campaigns)}});
}

api::Response get_detections(Backend& backend, const Call& call) {
    const auto attempt = attempt_of(call);
    if (!attempt) return api::problem(attempt.error());
    return records_json(backend.store().detections_of(*attempt));
}

api::Response list_detections_to_review(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    auto records = backend.store().detections_to_review();
    if (!records || scope->is_everybody()) return records_json(records);
    std::vector<store::DetectionRecord> own;
    for (auto& record : *records) {
        const auto attempt = backend.store().attempt(record.attempt);
        if (!attempt) return api::problem(attempt.error());
        if (scope->includes(attempt->client)) own.push_back(std::move(record));
    }
    return records_json(own);
}

api::Response label_detection(Backend& backend, const Call& call) {
    const auto attempt = attempt_of(call);
    if (!attempt) return api::problem(attempt.error());
    const auto truth = truth_of(call);
    if (!truth) return api::problem(truth.error());
    const auto labelled = backend.store().label_detection(*attempt, *truth, backend.utc_now());
    if (!labelled) return api::problem(labelled.error());
    // A corrected verdict changes what was reported.
    if (const auto labelled_attempt = backend.store().attempt(*attempt))
        issue_closed_windows(backend, labelled_attempt->campaign);
    return json_response({{"attempt", id_json(*attempt)}, {"truth", name_of(*truth)}});
}

api::Response label_agents_call(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const auto truth = truth_of(call);
    if (!truth) return api::problem(truth.error());
    const auto done = backend.command([&](RequestId request) {
        return engine::AnswerLabelled{request, agent->id, *truth};
    });
    if (!done) return api::problem(done.error());
    return json_response({{"agent", agent->name}, {"truth", name_of(*truth)}});
}

}  // namespace bellwether::app
