#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/nearest_name.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/campaign_words.h"
#include "dialer/app/handlers.h"
#include "dialer/app/toml_reader.h"
#include "dialer/store/dial_rehearsal.h"
#include "dialer/store/list_import.h"

namespace bellwether::app {

namespace {

Json list_json(const store::ListRecord& list, const std::vector<store::ClientRecord>& clients) {
    const auto client = std::find_if(clients.begin(), clients.end(),
                                     [&](const auto& record) { return record.id == list.client; });
    return {{"id", id_json(list.id)},
            {"name", list.name},
            {"client", client == clients.end() ? std::string{} : client->name},
            {"contacts", list.contacts},
            {"imports", list.imports}};
}

Json import_json(const store::ImportRecord& import) {
    return {{"id", id_json(import.id)},
            {"file", import.file_name},
            {"at", iso_time(import.at)},
            {"complete", import.complete},
            {"read", import.read},
            {"accepted", import.accepted},
            {"duplicate", import.duplicate},
            {"rejected", import.rejected},
            {"suppressed", import.suppressed}};
}

/// The list of that name, made if it is new: under the request's client, else "default". A
/// rehearsal makes nothing, so that it needs a list that is there.
Result<ListId> list_for_import(Backend& backend, const Call& call, bool dry_run) {
    const std::string& name = call.names.at(0);
    if (const auto named = check_name(name); !named) return tl::unexpected(named.error());
    const auto known = backend.store().find_list(name);
    if (!known) return tl::unexpected(known.error());
    const std::string client_name = text_member(call.body, "client");
    if (*known && client_name.empty()) return (*known)->id;
    if (dry_run && !*known) {
        return fail(Errc::NotFound,
                    fmt::format("there is no list \"{}\": a dry run does not make it", name));
    }
    const auto client = backend.store().add_client(client_name.empty() ? "default" : client_name);
    if (!client) return tl::unexpected(client.error());
    return backend.store().add_list(*client, name);
}

Result<store::DedupeScope> read_dedupe(const std::string& word) {
    if (word.empty()) return store::DedupeScope::List;
    if (const auto scope = enum_from_name<store::DedupeScope>(TomlReader::enum_spelling(word)))
        return *scope;
    return fail(Errc::InvalidInput, TomlReader::not_one_of(word, {"list", "campaign", "all"}));
}

Result<std::vector<campaigns::ColumnChoice>> read_columns(const Json& body) {
    std::vector<campaigns::ColumnChoice> columns;
    const auto map = body.find("columns");
    if (map == body.end() || map->is_null()) return columns;
    if (!map->is_object())
        return fail(Errc::InvalidInput, "`columns` must be an object of field to heading");
    for (const auto& [field, header] : map->items()) {
        if (!header.is_string())
            return fail(Errc::InvalidInput, "`columns` must map each field to a heading");
        columns.push_back({field, header.get<std::string>()});
    }
    return columns;
}

// Some two seconds of looking: enough to see which rule stands against how many.
constexpr std::int64_t kRehearsedMax = 20'000;

/// How many of the list's contacts the policy packs would allow now, and which rules stand against
/// the others. Null without a service: it knows the campaigns' terms.
Result<Json> decided_now(Backend& backend, CampaignId campaign) {
    store::DialPolicy* policy = backend.dial_policy();
    if (policy == nullptr) return Json(nullptr);
    const auto rehearsal =
        store::rehearse_dials(backend.store(), *policy, campaign, kRehearsedMax, backend.utc_now());
    if (!rehearsal) return tl::unexpected(rehearsal.error());
    Json json{{"contacts", rehearsal->contacts}, {"asked", rehearsal->asked}};
    for (const auto verdict :
         {compliance::Verdict::Allow, compliance::Verdict::Defer, compliance::Verdict::Deny}) {
        const auto found = rehearsal->verdicts.find(verdict);
        json[std::string{name_of(verdict)}] =
            found == rehearsal->verdicts.end() ? 0 : found->second;
    }
    json["rules"] = Json::object();
    for (const auto& [rule, count] : rehearsal->rules) json["rules"][rule] = count;
    return json;
}

/// May the list's campaigns call now, and until or from when? What an import is for depends on it.
Result<Json> calling_now(Backend& backend, ListId list) {
    const auto records = backend.store().campaigns();
    if (!records) return tl::unexpected(records.error());
    Json calling = Json::array();
    for (const auto& record : *records) {
        if (record.list != list) continue;
        Json row{{"campaign", record.name}, {"state", name_of(record.run_state)}};
        if (const auto file = file_of(backend, record)) {
            const auto hours = compliance::check_hours(file->spec.hours, backend.utc_now());
            row["hours"] = hours.open ? "OPEN" : "CLOSED";
            row[hours.open ? "closes_at" : "opens_at"] = iso_time(hours.until);
        } else {
            row["hours"] = "UNKNOWN";  // its files are gone: `campaign check` tells which
        }
        auto decided = decided_now(backend, record.id);
        if (!decided) return decided;
        row["decided"] = *std::move(decided);
        calling.push_back(std::move(row));
    }
    return calling;
}

Result<store::ImportRequest> read_import(Backend& backend, const Call& call) {
    store::ImportRequest request;
    request.file = text_member(call.body, "path");
    request.rejects = text_member(call.body, "rejects");
    request.default_region = text_member(call.body, "region");
    request.dry_run = flag_member(call.body, "dry_run");
    request.at = backend.utc_now();
    // The service opens the file itself: a path relative to the caller's folder would mean another
    // file.
    if (!request.file.is_absolute())
        return fail(Errc::InvalidInput, "`path` must be an absolute path");
    if (!request.rejects.empty() && !request.rejects.is_absolute()) {
        return fail(Errc::InvalidInput, "`rejects` must be an absolute path");
    }
    // Looked at before the list is made: a slip in the path must not leave an empty list behind.
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(request.file, ignored)) {
        return fail(Errc::NotFound, request.file.string() + " is not there, or is not a file");
    }
    const auto dedupe = read_dedupe(text_member(call.body, "dedupe"));
    if (!dedupe) return tl::unexpected(dedupe.error());
    request.dedupe = *dedupe;
    auto columns = read_columns(call.body);
    if (!columns) return tl::unexpected(columns.error());
    request.columns = *std::move(columns);
    const auto list = list_for_import(backend, call, request.dry_run);
    if (!list) return tl::unexpected(list.error());
    request.list = *list;
    return request;
}

}  // namespace

api::Response show_lists(Backend& backend, const Call&) {
    const auto lists = backend.store().lists();
    if (!lists) return api::problem(lists.error());
    const auto clients = backend.store().clients();
    if (!clients) return api::problem(clients.error());
    Json all = Json::array();
    for (const auto& list : *lists) all.push_back(list_json(list, *clients));
    return json_response({{"lists", std::move(all)}});
}

api::Response show_list(Backend& backend, const Call& call) {
    const std::string& name = call.names.at(0);
    const auto list = backend.store().find_list(name);
    if (!list) return api::problem(list.error());
    if (!*list) return api::problem({Errc::NotFound, fmt::format("there is no list \"{}\"", name)});
    const auto clients = backend.store().clients();
    if (!clients) return api::problem(clients.error());
    const auto imports = backend.store().imports();
    if (!imports) return api::problem(imports.error());
    Json body = list_json(**list, *clients);
    body["import_history"] = Json::array();
    for (const auto& import : *imports) {
        if (import.list == (*list)->id) body["import_history"].push_back(import_json(import));
    }
    return json_response(body);
}

api::Response import_into_list(Backend& backend, const Call& call) {
    const auto request = read_import(backend, call);
    if (!request) return api::problem(request.error());
    // Campaigns of the list hear of it from the store, once it is durable (ContactsAdded).
    const auto report = store::import_list(backend.store(), number_rules(), *request);
    if (!report) return api::problem(report.error());
    const auto calling = calling_now(backend, request->list);
    if (!calling) return api::problem(calling.error());
    Json body{{"id", id_json(report->id)},    {"list", call.names.at(0)},
              {"dry_run", request->dry_run},  {"read", report->read},
              {"accepted", report->accepted}, {"duplicate", report->duplicate},
              {"rejected", report->rejected}, {"suppressed", report->suppressed}};
    body["campaigns"] = *calling;
    if (!request->rejects.empty()) body["rejects_file"] = request->rejects.string();
    return json_response(body);
}

}  // namespace bellwether::app
