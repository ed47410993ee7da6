#include <memory>

#include "dialer/api/problem_json.h"
#include "dialer/app/files/number_file.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"

namespace bellwether::app {

namespace {

/// Rejects listed in an answer: the count says how many there are.
constexpr std::size_t kRejectsShown = 100;

/// A number and whose do-not-call list it is on: an empty client means everybody's.
struct Scope {
    PhoneNumber number;
    ClientId client;
};

Result<Scope> read_scope(Backend& backend, const Call& call) {
    const auto number =
        read_number(text_member(call.body, "number"), text_member(call.body, "region"));
    if (!number) return tl::unexpected(number.error());
    const auto client = find_client(backend, text_member(call.body, "client"));
    if (!client) return tl::unexpected(client.error());
    return Scope{*number, *client};
}

Json entry_json(const store::DoNotCallEntry& entry) {
    return {{"number", entry.number.e164()},   {"client", id_json(entry.client)},
            {"source", name_of(entry.source)}, {"actor", entry.actor},
            {"reason", entry.reason},          {"at", iso_time(entry.at)}};
}

}  // namespace

api::Response add_do_not_call(Backend& backend, const Call& call) {
    const auto scope = read_scope(backend, call);
    if (!scope) return api::problem(scope.error());
    const auto added = backend.store().add_do_not_call({.number = scope->number,
                                                        .client = scope->client,
                                                        .source = store::DoNotCallSource::Command,
                                                        .actor = actor_of(call),
                                                        .reason = text_member(call.body, "reason"),
                                                        .at = backend.utc_now(),
                                                        .removed = {}});
    if (!added) return api::problem(added.error());
    if (const auto heard = engine_has_heard(backend); !heard) return api::problem(heard.error());
    return json_response({{"number", scope->number.e164()}, {"added", *added}});
}

api::Response remove_do_not_call(Backend& backend, const Call& call) {
    const auto scope = read_scope(backend, call);
    if (!scope) return api::problem(scope.error());
    const auto removed = backend.store().remove_do_not_call(scope->number, scope->client,
                                                            actor_of(call), backend.utc_now());
    if (!removed) return api::problem(removed.error());
    return json_response({{"number", scope->number.e164()}, {"removed", true}});
}

api::Response check_do_not_call(Backend& backend, const Call& call) {
    const auto scope = read_scope(backend, call);
    if (!scope) return api::problem(scope.error());
    const auto entry = backend.store().check_do_not_call(scope->number, scope->client);
    if (!entry) return api::problem(entry.error());
    Json body{{"number", scope->number.e164()}, {"listed", entry->has_value()}};
    if (*entry) body["entry"] = entry_json(**entry);
    auto lists = number_list_entries(backend, scope->number, scope->client);
    if (!lists) return api::problem(lists.error());
    body["lists"] = *std::move(lists);
    return json_response(body);
}

api::Response import_do_not_call(Backend& backend, const Call& call) {
    const std::filesystem::path path = text_member(call.body, "path");
    if (!path.is_absolute())
        return api::problem({Errc::InvalidInput, "`path` must be an absolute path"});
    const auto client = find_client(backend, text_member(call.body, "client"));
    if (!client) return api::problem(client.error());
    const auto file = read_number_file(path, text_member(call.body, "region"));
    if (!file) return api::problem(file.error());

    std::vector<store::DoNotCallEntry> entries;
    entries.reserve(file->numbers.size());
    for (const PhoneNumber& number : file->numbers) {
        entries.push_back({number,
                           *client,
                           store::DoNotCallSource::Import,
                           actor_of(call),
                           text_member(call.body, "reason"),
                           backend.utc_now(),
                           {}});
    }
    std::int64_t fresh = 0;
    if (!flag_member(call.body, "dry_run")) {
        const auto added = backend.store().import_do_not_call(entries);
        if (!added) return api::problem(added.error());
        if (const auto heard = engine_has_heard(backend); !heard)
            return api::problem(heard.error());
        fresh = *added;
    }
    const auto accepted = static_cast<std::int64_t>(entries.size());
    Json body{{"dry_run", flag_member(call.body, "dry_run")},
              {"read", file->read},
              {"accepted", accepted},
              {"new", fresh},
              {"rejected", file->rejects.size()}};
    body["rejects"] = Json::array();
    for (std::size_t i = 0; i < file->rejects.size() && i < kRejectsShown; ++i) {
        body["rejects"].push_back(
            {{"row", file->rejects[i].row}, {"reason", file->rejects[i].reason}});
    }
    return json_response(body);
}

api::Response export_do_not_call(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    const auto clients = backend.store().clients();
    if (!clients) return api::problem(clients.error());
    std::map<ClientId, std::string> names;
    for (const auto& client : *clients) names[client.id] = client.name;
    std::string csv = csv_row({"phone", "client", "source", "actor", "reason", "at"});
    const auto done = backend.store().export_do_not_call([&](const store::DoNotCallEntry& entry) {
        const bool is_for_all = entry.client == ClientId{};
        if (!is_for_all && !scope->includes(entry.client)) return;
        csv +=
            csv_row({entry.number.e164(), names[entry.client], std::string{name_of(entry.source)},
                     entry.actor, entry.reason, iso_time(entry.at)});
    });
    if (!done) return api::problem(done.error());
    return {200, "text/csv; charset=utf-8", std::move(csv), {}};
}

}  // namespace bellwether::app
