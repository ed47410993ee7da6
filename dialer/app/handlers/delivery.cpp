#include "dialer/app/handlers/delivery.h"

#include <set>

#include "campaigns/form/read_form.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/delivery_figures.h"

namespace bellwether::app {

namespace {

constexpr const char* kCsvType = "text/csv; charset=utf-8";

/// The items that a person answers; none if the campaign's files are gone: then all count.
std::set<std::string> questions_of(Backend& backend, const store::CampaignRecord& campaign) {
    std::set<std::string> names;
    const auto file = file_of(backend, campaign);
    if (!file || !file->spec.questionnaire) return names;
    const auto form = campaigns::form::read_form(file->spec.questionnaire->sheets);
    if (!form) return names;
    for (const auto& row : form->rows) {
        if (campaigns::form::is_question(row)) names.insert(row.name);
    }
    return names;
}

Result<AnswersByContact> answers_of(Backend& backend, const store::CampaignRecord& campaign) {
    const auto questions = questions_of(backend, campaign);
    AnswersByContact all;
    const auto read =
        backend.store().for_each_answer(campaign.id, [&](const store::AnswerRecord& answer) {
            if (!questions.empty() && !questions.contains(answer.question)) return;
            auto& [attempt, said] = all[answer.contact];
            if (attempt != answer.attempt) said = {};
            attempt = answer.attempt;
            said.text += (said.text.empty() ? "" : " ") + answer.question + "=" + answer.value;
            said.at = std::max(said.at, answer.at);
        });
    if (!read) return tl::unexpected(read.error());
    return all;
}

Json contact_json(const store::DeliveryCase& one, const DeliveryLine& line,
                  const std::map<AttemptId, std::uint64_t>& evidence) {
    Json json{{"contact", id_json(one.contact)},
              {"external_id", one.external_id},
              {"number", one.number.e164()},
              {"delivery", name_of(line.delivery)},
              {"reason", line.reason.empty() ? Json(nullptr) : Json(line.reason)},
              {"open", line.open},
              {"answer", line.answers == nullptr ? Json(nullptr) : Json(line.answers->text)},
              {"answered_by_key", nullptr},
              {"attempts", one.attempts.size()}};
    if (line.answers != nullptr) json["answered_by_key"] = iso_time(line.answers->at);
    const store::DeliveryAttempt none;
    const auto& attempt = line.attempt == nullptr ? none : *line.attempt;
    json["attempt"] = id_json(attempt.id);
    json["dialed"] = iso_time(attempt.invited);
    json["answered"] = iso_time(attempt.answered);
    json["message_began"] = iso_time(attempt.spoken);
    json["ended"] = iso_time(attempt.ended);
    json["trunk"] = attempt.trunk.empty() ? Json(nullptr) : Json(attempt.trunk);
    const auto record = evidence.find(attempt.id);
    json["evidence"] = record == evidence.end() ? Json(nullptr) : Json(record->second);
    return json;
}

/// One row for each kind, then all: the rows before it add up to the last.
Json sums_json(const DeliverySums& sums) {
    Json rows = Json::array();
    std::int64_t all = 0;
    for (const auto& [what, contacts] : sums) {
        rows.push_back({{"delivery", name_of(what.first)},
                        {"reason", what.second.empty() ? Json(nullptr) : Json(what.second)},
                        {"contacts", contacts}});
        all += contacts;
    }
    rows.push_back({{"delivery", "ALL"}, {"reason", nullptr}, {"contacts", all}});
    return rows;
}

std::string field(const Json& value) {
    if (value.is_null()) return {};
    return value.is_string() ? value.get<std::string>() : value.dump();
}

const std::vector<std::string>& columns() {
    static const std::vector<std::string> all{
        "contact",       "external_id",     "number",   "delivery", "reason", "open",
        "answer",        "answered_by_key", "attempts", "attempt",  "dialed", "answered",
        "message_began", "ended",           "trunk",    "evidence"};
    return all;
}

std::string csv_of(const Json& row) {
    std::vector<std::string> fields;
    for (const auto& column : columns()) fields.push_back(field(row.at(column)));
    return csv_row(fields);
}

Result<store::CampaignRecord> campaign_of(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return tl::unexpected(scope.error());
    const std::string name = call.query_value("campaign");
    if (name.empty())
        return fail(Errc::InvalidInput, "`campaign` is missing: a proof is of one campaign");
    return find_campaign_in(backend, *scope, name);
}

}  // namespace

api::Response report_delivery(Backend& backend, const Call& call) {
    const auto campaign = campaign_of(backend, call);
    if (!campaign) return api::problem(campaign.error());
    const auto answers = answers_of(backend, *campaign);
    if (!answers) return api::problem(answers.error());
    const auto evidence = store::evidence_of_calls(backend.store(), campaign->id);
    if (!evidence) return api::problem(evidence.error());
    const bool as_csv = call.query_value("format") == "csv";
    std::string csv = as_csv ? csv_row(columns()) : "";
    Json contacts = Json::array();
    DeliverySums sums;
    const auto read = store::for_each_delivery(
        backend.store(), campaign->id, [&](const store::DeliveryCase& one) {
            const DeliveryLine line = delivery_line(one, *answers);
            ++sums[{line.delivery, line.reason}];
            Json json = contact_json(one, line, *evidence);
            if (as_csv) {
                csv += csv_of(json);
            } else {
                contacts.push_back(std::move(json));
            }
        });
    if (!read) return api::problem(read.error());
    if (as_csv) return {200, kCsvType, std::move(csv), {}};
    return json_response({{"campaign", campaign->name},
                          {"at", iso_time(backend.utc_now())},
                          {"contacts", std::move(contacts)},
                          {"sums", sums_json(sums)}});
}

}  // namespace bellwether::app
