#include "dialer/app/handlers/notes.h"

#include <map>

#include "dialer/api/problem_json.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/store/precedents.h"

// The same problem before: notes of earlier calls, of one client organisation at a time.

namespace bellwether::app {

namespace {

constexpr int kLimit = 20;      // a screen
constexpr int kLimitMax = 200;  // more than anybody reads during a call

template <class Id, class Records>
std::map<Id, std::string> names_of(const Records& records) {
    std::map<Id, std::string> names;
    for (const auto& record : records) names[record.id] = record.name;
    return names;
}

Result<int> limit_of(const Json& body) {
    const auto given = body.find("limit");
    if (given == body.end()) return kLimit;
    if (given->is_number_integer() && *given >= 1 && *given <= kLimitMax) return given->get<int>();
    return fail(Errc::InvalidInput,
                "`limit` is a whole number from 1 to " + std::to_string(kLimitMax));
}

/// The body's `campaign`, which must be the client's; 0 without it.
Result<CampaignId> campaign_of(Backend& backend, const Json& body, ClientId client) {
    const std::string name = text_member(body, "campaign");
    if (name.empty()) return CampaignId{};
    const auto found = backend.store().find_campaign(name);
    if (!found) return tl::unexpected(found.error());
    if (*found && (*found)->client == client) return (*found)->id;
    return fail(Errc::NotFound, "the client organisation has no campaign \"" + name + "\"");
}

Result<Json> search(Backend& backend, const Json& body, ClientId client) {
    const auto campaign = campaign_of(backend, body, client);
    if (!campaign) return tl::unexpected(campaign.error());
    const auto limit = limit_of(body);
    if (!limit) return tl::unexpected(limit.error());
    const auto found = store::find_precedents(
        backend.store(), {text_member(body, "text"), client, *campaign, *limit});
    if (!found) return tl::unexpected(found.error());
    const auto campaigns = backend.store().campaigns();
    if (!campaigns) return tl::unexpected(campaigns.error());
    const auto agents = backend.store().agents();
    if (!agents) return tl::unexpected(agents.error());
    auto campaign_names = names_of<CampaignId>(*campaigns);
    auto agent_names = names_of<AgentId>(*agents);
    Json notes = Json::array();
    for (const auto& one : *found) {
        notes.push_back({{"excerpt", one.excerpt},
                         {"at", iso_time(one.at)},
                         {"campaign", campaign_names[one.campaign]},
                         {"disposition", one.code},
                         {"agent", agent_names[one.agent]},
                         {"contact", id_json(one.contact)},
                         {"attempt", id_json(one.attempt)}});
    }
    return Json{{"notes", std::move(notes)}};
}

api::Response answer(const Result<Json>& found) {
    return found ? json_response(*found) : api::problem(found.error());
}

}  // namespace

api::Response search_notes(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    if (scope->is_everybody()) {
        return api::problem({Errc::InvalidInput,
                             "`client` is missing: notes are searched in one client organisation"});
    }
    return answer(search(backend, call.body, scope->id()));
}

/// An agent is of one organisation and takes no other's calls (agent_serves()): nor does he read
/// their notes.
api::Response search_notes_for_agent(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    return answer(search(backend, call.body, agent->client));
}

}  // namespace bellwether::app
