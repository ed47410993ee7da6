#include <fmt/format.h>

#include <chrono>

#include "compliance/policy/text_forms.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/files/number_list_words.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/store/number_lists.h"

namespace bellwether::app {

namespace {

using compliance::suppression::ChangeColumns;
using std::chrono::days;
using std::chrono::sys_days;
using store::ListFinding;
using store::NumberListVersion;

std::string day_text(sys_days day) {
    return compliance::policy::to_text(std::chrono::year_month_day{day});
}

std::int64_t age_days(sys_days retrieved, UtcTime now) {
    return (std::chrono::floor<days>(now) - retrieved).count();
}

Result<std::map<ClientId, std::string>> client_names(Backend& backend) {
    const auto clients = backend.store().clients();
    if (!clients) return tl::unexpected(clients.error());
    std::map<ClientId, std::string> names;
    for (const auto& client : *clients) names[client.id] = client.name;
    return names;
}

void add_counts(Json& body, const store::NumberListCounts& counts) {
    body["rows"] = counts.rows_read;
    body["accepted"] = counts.accepted;
    body["duplicate"] = counts.duplicate;
    body["rejected"] = counts.rejected;
    body["numbers"] = counts.numbers;
    body["adds"] = counts.adds;
    body["deletes"] = counts.deletes;
}

Json version_json(const NumberListVersion& version) {
    Json body{{"version", id_json(static_cast<ListId>(version.id))},
              {"format", format_word(version.format)},
              {"source", version.source},
              {"licence", version.licence.empty() ? Json(nullptr) : Json(version.licence)},
              {"retrieved", day_text(version.retrieved)},
              {"sha256", version.sha256}};
    add_counts(body, version.counts);
    if (const auto& answers = version.shrink_override) {
        body["override"] = {
            {"reason", answers->reason}, {"by", answers->by}, {"signature", answers->signature}};
    }
    body["actor"] = version.actor;
    body["active_from"] = iso_time(version.active_from);
    body["active_to"] = iso_time(version.active_to);
    return body;
}

Result<void> read_words(const Call& call, store::NumberListRequest& request) {
    const auto format = format_from_word(text_member(call.body, "format"));
    if (!format) return fail(Errc::InvalidInput, "`format` is none of " + format_words());
    request.format = *format;
    if (const auto word = text_member(call.body, "kind"); !word.empty()) {
        request.kind = kind_from_word(word);
        if (!request.kind) return fail(Errc::InvalidInput, "`kind` is none of " + kind_words());
    }
    const auto retrieved = compliance::policy::parse_date(text_member(call.body, "retrieved"));
    if (!retrieved) {
        return fail(Errc::InvalidInput, "`retrieved` must be a date, as 2026-11-20");
    }
    request.retrieved = sys_days{*retrieved};
    if (const auto order = text_member(call.body, "columns"); !order.empty()) {
        auto columns = ChangeColumns::parse(order);
        if (!columns) return tl::unexpected(columns.error());
        request.columns = *std::move(columns);
    }
    const auto reason = text_member(call.body, "override_reason");
    const auto by = text_member(call.body, "override_by");
    if (reason.empty() != by.empty()) {
        return fail(Errc::InvalidInput, "an override needs its reason and who answers for it");
    }
    if (!reason.empty()) request.shrink_override = store::ShrinkOverride{reason, by, {}};
    return {};
}

Result<store::NumberListRequest> read_request(Backend& backend, const Call& call) {
    store::NumberListRequest request;
    request.file = text_member(call.body, "path");
    request.rejects = text_member(call.body, "rejects");
    request.list = text_member(call.body, "list");
    request.client_name = text_member(call.body, "client");
    request.licence = text_member(call.body, "licence");
    request.dry_run = flag_member(call.body, "dry_run");
    request.actor = actor_of(call);
    request.at = backend.utc_now();
    if (!request.file.is_absolute() ||
        !(request.rejects.empty() || request.rejects.is_absolute())) {
        return fail(Errc::InvalidInput, "`path` and `rejects` must be absolute paths");
    }
    if (request.list.empty() || request.client_name.empty()) {
        return fail(
            Errc::InvalidInput,
            "`list` and `client` are needed: a licence is one client's, and so is its list");
    }
    if (const auto read = read_words(call, request); !read) return tl::unexpected(read.error());
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(request.file, ignored)) {
        return fail(Errc::NotFound, request.file.string() + " is not there, or is not a file");
    }
    // A rehearsal makes no client; an unknown one has no list to compare with.
    const auto client = request.dry_run ? find_client(backend, request.client_name)
                                        : backend.store().add_client(request.client_name);
    if (!client) return tl::unexpected(client.error());
    request.client = *client;
    return request;
}

}  // namespace

Result<Json> number_list_entries(Backend& backend, PhoneNumber number, ClientId client) {
    const auto entries = backend.store().number_lists().entries(number, client);
    if (!entries) return tl::unexpected(entries.error());
    const auto names = client_names(backend);
    if (!names) return tl::unexpected(names.error());
    Json all = Json::array();
    for (const auto& [list, finding] : *entries) {
        Json row{{"list", list.name},
                 {"client", names->at(list.client)},
                 {"kind", kind_word(list.kind)},
                 {"state", name_of(finding.state)},
                 {"version", id_json(static_cast<ListId>(finding.version))},
                 {"retrieved", day_text(finding.retrieved)},
                 {"age_days", age_days(finding.retrieved, backend.utc_now())},
                 {"covers_area", finding.covers_area}};
        row["listed_since"] =
            finding.listed_since ? Json(day_text(*finding.listed_since)) : Json(nullptr);
        all.push_back(std::move(row));
    }
    return all;
}

api::Response import_number_list(Backend& backend, const Call& call) {
    const auto request = read_request(backend, call);
    if (!request) return api::problem(request.error());
    const auto report = backend.store().number_lists().import(*request);
    if (!report) return api::problem(report.error());
    Json body{{"dry_run", request->dry_run},
              {"list", request->list},
              {"client", request->client_name},
              {"kind", kind_word(report->kind)},
              {"version", id_json(static_cast<ListId>(report->version))},
              {"retrieved", day_text(request->retrieved)},
              {"sha256", report->sha256}};
    add_counts(body, report->counts);
    body["shrinks_too_much"] = report->shrinks_too_much;
    body["rejects"] = Json::array();
    for (const auto& reject : report->rejects) {
        body["rejects"].push_back({{"line", reject.line}, {"reason", explain(reject.fault)}});
    }
    if (!request->rejects.empty()) body["rejects_file"] = request->rejects.string();
    return json_response(body);
}

api::Response show_number_lists(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    const auto records = backend.store().number_lists().records();
    if (!records) return api::problem(records.error());
    const auto names = client_names(backend);
    if (!names) return api::problem(names.error());
    Json all = Json::array();
    for (const auto& record : *records) {
        if (!scope->includes(record.client)) continue;
        Json body{{"list", record.name},
                  {"client", names->at(record.client)},
                  {"kind", kind_word(record.kind)},
                  {"state", record.fault.empty() ? "IN_FORCE" : "UNREADABLE"},
                  {"fault", record.fault.empty() ? Json(nullptr) : Json(record.fault)},
                  {"versions", record.versions},
                  {"age_days", age_days(record.version.retrieved, backend.utc_now())}};
        body.update(version_json(record.version));
        if (!call.query_value("versions").empty()) {
            const auto versions = backend.store().number_lists().versions(record.id);
            if (!versions) return api::problem(versions.error());
            body["history"] = Json::array();
            for (const auto& version : *versions) body["history"].push_back(version_json(version));
        }
        all.push_back(std::move(body));
    }
    return json_response({{"lists", std::move(all)}});
}

}  // namespace bellwether::app
