#include "dialer/app/handlers/client_scope.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "dialer/app/handlers/route_owners.h"

namespace bellwether::app {

namespace {

std::string name_of_client(Backend& backend, ClientId id) {
    const auto clients = backend.store().clients();
    if (!clients) return {};
    for (const auto& client : *clients) {
        if (client.id == id) return client.name;
    }
    return {};
}

tl::unexpected<Error> absent(const ClientScope& scope, const char* thing, const std::string& name) {
    return fail(Errc::NotFound, fmt::format("client organisation \"{}\" has no {} \"{}\"",
                                            scope.name(), thing, name));
}

Result<void> has_campaign(Backend& backend, const ClientScope& scope, const std::string& name) {
    const auto found = backend.store().find_campaign(name);
    if (!found) return tl::unexpected(found.error());
    if (*found && scope.includes((*found)->client)) return {};
    return absent(scope, "campaign", name);
}

Result<void> has_list(Backend& backend, const ClientScope& scope, const std::string& name) {
    const auto found = backend.store().find_list(name);
    if (!found) return tl::unexpected(found.error());
    if (*found && scope.includes((*found)->client)) return {};
    return absent(scope, "list", name);
}

Result<void> has_agent(Backend& backend, const ClientScope& scope, const std::string& name) {
    const auto agents = backend.store().agents();
    if (!agents) return tl::unexpected(agents.error());
    for (const auto& agent : *agents) {
        if (agent.name == name && scope.includes(agent.client)) return {};
    }
    return absent(scope, "agent", name);
}

Result<void> has_lead(Backend& backend, const ClientScope& scope, const std::string& id) {
    const auto number = id_from_text<ContactId>(id);
    const auto found = backend.store().contact(number.value_or(ContactId{}));
    if (found && scope.includes(found->client)) return {};
    if (!found && found.error().code != Errc::NotFound) return tl::unexpected(found.error());
    return absent(scope, "lead", id);
}

Result<void> has_import(Backend& backend, const ClientScope& scope, const std::string& id) {
    const auto imports = backend.store().imports();
    if (!imports) return tl::unexpected(imports.error());
    const auto lists = backend.store().lists();
    if (!lists) return tl::unexpected(lists.error());
    const auto number = id_from_text<store::ImportId>(id);
    const auto import = std::ranges::find(*imports, number, &store::ImportRecord::id);
    if (import != imports->end()) {
        const auto list = std::ranges::find(*lists, import->list, &store::ListRecord::id);
        if (list != lists->end() && scope.includes(list->client)) return {};
    }
    return absent(scope, "import", id);
}

Result<void> has_attempt(Backend& backend, const ClientScope& scope, const std::string& id) {
    const auto number = id_from_text<AttemptId>(id);
    const auto found = backend.store().attempt(number.value_or(AttemptId{}));
    if (found && scope.includes(found->client)) return {};
    if (!found && found.error().code != Errc::NotFound) return tl::unexpected(found.error());
    return absent(scope, "attempt", id);
}

/// What stands for the {} of the route.
Result<void> names_own_thing(Backend& backend, const ClientScope& scope, RouteOwner owner,
                             const Call& call) {
    switch (owner) {
        case RouteOwner::Campaign:
            return has_campaign(backend, scope, call.names.at(0));
        case RouteOwner::List:
            return has_list(backend, scope, call.names.at(0));
        case RouteOwner::Agent:
            return has_agent(backend, scope, call.names.at(0));
        case RouteOwner::Lead:
            return has_lead(backend, scope, call.names.at(0));
        case RouteOwner::Import:
            return has_import(backend, scope, call.names.at(0));
        case RouteOwner::Attempt:
            return has_attempt(backend, scope, call.names.at(0));
        case RouteOwner::Asked:
        case RouteOwner::Made:
        case RouteOwner::House:
            break;
    }
    return {};
}

/// What its query and its body name. A list that something is made with may be new, or none of
/// people.
Result<void> names_own_words(Backend& backend, const ClientScope& scope, RouteOwner owner,
                             const Call& call) {
    std::vector<std::string> campaigns{call.query_value("campaign"),
                                       text_member(call.body, "campaign")};
    if (const auto further = call.body.find("further");
        further != call.body.end() && further->is_array()) {
        for (const auto& name : *further)
            campaigns.push_back(name.is_string() ? name.get<std::string>() : "");
    }
    for (const std::string& name : campaigns) {
        if (name.empty()) continue;
        if (const auto own = has_campaign(backend, scope, name); !own) return own;
    }
    const std::string list = text_member(call.body, "list");
    if (list.empty() || owner == RouteOwner::Made) return {};
    return has_list(backend, scope, list);
}

}  // namespace

Result<ClientScope> ClientScope::of(Backend& backend, const Call& call) {
    ClientScope scope;
    scope.name_ = call.query_value("client");
    if (scope.name_.empty()) scope.name_ = text_member(call.body, "client");
    const auto id = find_client(backend, scope.name_);
    if (!id) return tl::unexpected(id.error());
    scope.id_ = *id;
    return scope;
}

Result<std::set<CampaignId>> campaigns_in(Backend& backend, const ClientScope& scope) {
    const auto records = backend.store().campaigns();
    if (!records) return tl::unexpected(records.error());
    std::set<CampaignId> ids;
    for (const auto& record : *records) {
        if (scope.includes(record.client)) ids.insert(record.id);
    }
    return ids;
}

Result<store::CampaignRecord> find_campaign_in(Backend& backend, const ClientScope& scope,
                                               const std::string& name) {
    if (scope.is_everybody()) return find_campaign(backend, name);
    auto found = backend.store().find_campaign(name);
    if (!found) return tl::unexpected(found.error());
    if (*found && scope.includes((*found)->client)) return **std::move(found);
    return absent(scope, "campaign", name);
}

Result<void> names_its_own(Backend& backend, std::string_view method, const Call& call) {
    const RouteOwner owner = owner_of(method, call.path);
    const auto scope = ClientScope::of(backend, call);
    // Who makes something may do so for an organisation that is new.
    if (!scope && owner == RouteOwner::Made) return {};
    if (!scope) return tl::unexpected(scope.error());
    if (scope->is_everybody()) return {};
    if (owner == RouteOwner::House) {
        return fail(Errc::InvalidInput,
                    "this is the house's, not one client organisation's: ask without `client`");
    }
    if (const auto named = names_own_thing(backend, *scope, owner, call); !named) return named;
    return names_own_words(backend, *scope, owner, call);
}

tl::unexpected<Error> name_is_taken(std::string_view thing, const std::string& name) {
    return fail(Errc::Conflict,
                fmt::format("the {} name {} is taken: choose another", thing, name));
}

Result<void> agent_serves(Backend& backend, const store::AgentRecord& agent,
                          const store::CampaignRecord& campaign) {
    if (agent.client == campaign.client) return {};
    return fail(Errc::Refused,
                fmt::format("agent {} is of client organisation \"{}\" and campaign {} of \"{}\": "
                            "make an agent of that organisation with 'bellwether agent add NAME "
                            "--client {}'",
                            agent.name, name_of_client(backend, agent.client), campaign.name,
                            name_of_client(backend, campaign.client),
                            name_of_client(backend, campaign.client)));
}

}  // namespace bellwether::app
