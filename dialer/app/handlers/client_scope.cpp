#include "dialer/app/handlers/client_scope.h"

#include <fmt/format.h>

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
    return fail(Errc::NotFound, fmt::format("client organisation \"{}\" has no campaign \"{}\"",
                                            scope.name(), name));
}

Result<void> names_its_own(Backend& backend, const Call& call) {
    const std::string_view pattern = call.path;  // the route's, with its {}
    const bool of_campaign = pattern.starts_with("/api/v1/campaigns/{}");
    if (!of_campaign && call.query_value("client").empty()) return {};
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return tl::unexpected(scope.error());
    if (scope->is_everybody()) return {};

    const std::string campaign = of_campaign ? call.names.at(0) : call.query_value("campaign");
    if (!campaign.empty()) {
        const auto found = find_campaign_in(backend, *scope, campaign);
        if (!found) return tl::unexpected(found.error());
    }
    const auto absent = [&](const char* thing) {
        return fail(Errc::NotFound, fmt::format("client organisation \"{}\" has no {} \"{}\"",
                                                scope->name(), thing, call.names.at(0)));
    };
    if (pattern.starts_with("/api/v1/lists/{}")) {
        const auto list = backend.store().find_list(call.names.at(0));
        if (!list) return tl::unexpected(list.error());
        if (!*list || !scope->includes((*list)->client)) return absent("list");
    }
    if (pattern.starts_with("/api/v1/agents/{}")) {
        const auto agent = find_agent(backend, call.names.at(0));
        if (!agent) return tl::unexpected(agent.error());
        if (!scope->includes(agent->client)) return absent("agent");
    }
    return {};
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
