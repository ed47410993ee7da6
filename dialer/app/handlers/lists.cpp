#include <fmt/format.h>

#include <algorithm>

#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"

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

}  // namespace

api::Response show_lists(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    const auto lists = backend.store().lists();
    if (!lists) return api::problem(lists.error());
    const auto clients = backend.store().clients();
    if (!clients) return api::problem(clients.error());
    Json all = Json::array();
    for (const auto& list : *lists) {
        if (scope->includes(list.client)) all.push_back(list_json(list, *clients));
    }
    return json_response({{"lists", std::move(all)}});
}

api::Response show_list(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    const std::string& name = call.names.at(0);
    const auto list = backend.store().find_list(name);
    if (!list) return api::problem(list.error());
    if (!*list || !scope->includes((*list)->client))
        return api::problem({Errc::NotFound, fmt::format("there is no list \"{}\"", name)});
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

}  // namespace bellwether::app
