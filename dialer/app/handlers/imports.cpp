#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "campaigns/delimiter.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/files/campaign_words.h"
#include "dialer/app/files/toml_reader.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/list_layout_json.h"
#include "dialer/store/dial_rehearsal.h"
#include "dialer/store/import_undo.h"
#include "dialer/store/list_import.h"

namespace bellwether::app {

namespace {

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
        if (!store::draws_on(record, list)) continue;
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
    const auto layout = resolve_layout(backend.store(), call.body);
    if (!layout) return tl::unexpected(layout.error());
    auto read = read_layout(*layout);
    if (!read) return tl::unexpected(read.error());
    request.layout = *std::move(read);
    request.default_region = text_member(*layout, "region");
    const auto list = list_for_import(backend, call, request.dry_run);
    if (!list) return tl::unexpected(list.error());
    request.list = *list;
    return request;
}

Json map_json(const store::ListMap& map) {
    Json json{{"name", map.name}, {"saved_at", iso_time(map.saved)}};
    json.update(Json::parse(map.layout));
    return json;
}

}  // namespace

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
    body["numbers_left_out"] = report->numbers_left_out;
    body["plus_added"] = report->plus_added;
    body["delimiter"] = campaigns::delimiter_name(report->delimiter);
    body["delimiter_found"] = report->delimiter_was_found;
    body["encoding"] = name_of(request->layout.encoding);
    body["campaigns"] = *calling;
    if (!request->rejects.empty()) body["rejects_file"] = request->rejects.string();
    return json_response(body);
}

api::Response undo_list_import(Backend& backend, const Call& call) {
    const auto id = id_from_text<store::ImportId>(call.names.at(0));
    if (!id) {
        return api::problem({Errc::InvalidInput,
                             "an import's id is a number: 'bellwether list show NAME' tells it"});
    }
    const bool dry_run = flag_member(call.body, "dry_run");
    const auto report = store::undo_import(
        backend.store(),
        {.import = *id, .actor = actor_of(call), .at = backend.utc_now(), .dry_run = dry_run});
    if (!report) return api::problem(report.error());
    const std::int64_t stay = report->dialed + report->in_touch + report->with_engine;
    Json body{{"id", id_json(*id)},
              {"dry_run", dry_run},
              {"contacts", report->contacts},
              {"taken_out", report->taken_out},
              {"taken_out_before", report->gone},
              {"stay_dialed", report->dialed},
              {"stay_in_touch", report->in_touch},
              {"stay_about_to_be_dialed", report->with_engine}};
    body["note"] = stay == 0 ? "nothing of this import is left"
                             : fmt::format(
                                   "{} contacts stay: their attempts, callbacks or calls to us "
                                   "are on record; put them on do-not-call if nobody shall call "
                                   "them again",
                                   stay);
    return json_response(body);
}

api::Response list_list_maps(Backend& backend, const Call&) {
    const auto maps = backend.store().list_maps();
    if (!maps) return api::problem(maps.error());
    Json all = Json::array();
    for (const auto& map : *maps) all.push_back(map_json(map));
    all.push_back({{"name", "vicidial"}, {"preset", "vicidial"}});
    return json_response({{"maps", std::move(all)}});
}

api::Response show_list_map(Backend& backend, const Call& call) {
    const auto layout = resolve_layout(backend.store(), {{"map", call.names.at(0)}});
    if (!layout) return api::problem(layout.error());
    Json body{{"name", call.names.at(0)}};
    body.update(*layout);
    return json_response(body);
}

api::Response save_list_map(Backend& backend, const Call& call) {
    const std::string& name = call.names.at(0);
    if (const auto named = check_name(name); !named) return api::problem(named.error());
    if (name == "vicidial") {
        return api::problem({Errc::InvalidInput, "vicidial is a preset: choose another name"});
    }
    const Json layout = layout_members(call.body);
    if (layout.empty()) {
        return api::problem({Errc::InvalidInput,
                             "there is nothing to save: give --map, "
                             "--delimiter, --encoding or --no-heading"});
    }
    if (const auto read = read_layout(layout); !read) return api::problem(read.error());
    const auto saved = backend.store().save_list_map(name, layout.dump(), backend.utc_now());
    if (!saved) return api::problem(saved.error());
    Json body{{"name", name}};
    body.update(layout);
    return json_response(body);
}

}  // namespace bellwether::app
