#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dialer/api/problem_json.h"
#include "dialer/app/files/campaign_words.h"
#include "dialer/app/files/shift.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/handlers/password.h"
#include "dialer/sip/sip_endpoint.h"

namespace bellwether::app {

namespace {

/// What the engine knows of one agent.
struct LiveAgent {
    engine::AgentState state;
    engine::AgentReason reason;
    CampaignId campaign;
    double since_s;
    std::string pause_code;
    std::string introduction;  ///< of the case he has, which has refused once; may be empty
};

/// How he begins with a case that is to be won over.
std::string introduction(const engine::EngineState& state, const engine::Agent& agent) {
    const auto call = state.calls.find(agent.contact_call);
    if (call == state.calls.end() || !call->second.refused) return {};
    const auto& rule = state.campaigns.at(call->second.campaign).spec.conversion;
    return rule ? rule->script : std::string{};
}

Result<std::map<AgentId, LiveAgent>> live_agents(Backend& backend) {
    if (!backend.live()) return std::map<AgentId, LiveAgent>{};
    return backend.inspect([](const engine::EngineState& state) {
        std::map<AgentId, LiveAgent> agents;
        for (const auto& [id, agent] : state.agents) {
            const double since =
                std::chrono::duration<double>(agent.since.time_since_epoch()).count();
            agents[id] = {agent.state,
                          agent.reason,
                          agent.campaign,
                          since,
                          agent.state == engine::AgentState::Paused ? agent.pause_code : "",
                          introduction(state, agent)};
        }
        return agents;
    });
}

std::string campaign_name(const std::vector<store::CampaignRecord>& campaigns, CampaignId id) {
    const auto found = std::find_if(campaigns.begin(), campaigns.end(),
                                    [&](const auto& campaign) { return campaign.id == id; });
    return found == campaigns.end() ? std::string{} : found->name;
}

Json news_json(Backend& backend, AgentId agent) {
    Json all = Json::array();
    for (const AgentNewsItem& item : backend.agent_news(agent)) {
        all.push_back({{"at", iso_time(item.at)},
                       {"news", name_of(item.news)},
                       {"call", id_json(item.call)},
                       {"text", news_text(item)}});
    }
    return all;
}

/// The words of the routes: the last part of the path.
constexpr std::array<std::pair<std::string_view, engine::AgentOrder>, 16> kOrders{
    {{"ready", engine::AgentOrder::Ready},
     {"pause", engine::AgentOrder::Pause},
     {"wrapup", engine::AgentOrder::WrapUp},
     {"signout", engine::AgentOrder::SignOut},
     {"leave", engine::AgentOrder::Leave},
     {"kick", engine::AgentOrder::Kick},
     {"dial", engine::AgentOrder::DialNext},
     {"skip", engine::AgentOrder::Skip},
     {"hangup", engine::AgentOrder::HangUp},
     {"hold", engine::AgentOrder::Hold},
     {"resume", engine::AgentOrder::Resume},
     {"pauserecording", engine::AgentOrder::PauseRecording},
     {"resumerecording", engine::AgentOrder::ResumeRecording},
     {"handover", engine::AgentOrder::HandOver},
     {"takeback", engine::AgentOrder::TakeBack},
     {"conference", engine::AgentOrder::Conference}}};

/// Skills, shift, phone and campaign, as far as the body has them. Errors: InvalidInput.
Result<void> read_terms_of_work(Backend& backend, const Json& body, store::AgentRecord& agent) {
    for (auto [key, out] : {std::pair{"skills", &agent.skills}, std::pair{"shift", &agent.shift},
                            std::pair{"phone", &agent.phone}}) {
        if (body.contains(key)) *out = text_member(body, key);
    }
    if (const std::string home = text_member(body, "campaign"); !home.empty()) {
        const auto campaign = find_campaign(backend, home);
        if (!campaign) return tl::unexpected(campaign.error());
        if (const auto serves = agent_serves(backend, agent, *campaign); !serves)
            return tl::unexpected(serves.error());
        agent.home = campaign->id;
    } else if (body.contains("campaign")) {
        agent.home = CampaignId{};
    }
    if (const auto skills = parse_skills(agent.skills); !skills)
        return tl::unexpected(skills.error());
    if (agent.shift.empty()) return {};
    return check_shift(agent.shift, backend.utc_now());
}

}  // namespace

namespace {

Result<Json> agents_json_of(Backend& backend, const ClientScope& scope) {
    const auto records = backend.store().agents();
    if (!records) return tl::unexpected(records.error());
    const auto campaigns = backend.store().campaigns();
    if (!campaigns) return tl::unexpected(campaigns.error());
    const auto live = live_agents(backend);
    if (!live) return tl::unexpected(live.error());
    Json agents = Json::array();
    for (const auto& record : *records) {
        if (!scope.includes(record.client)) continue;
        Json agent{{"id", id_json(record.id)},
                   {"name", record.name},
                   {"user", record.sip_user},
                   {"skills", record.skills},
                   {"shift", record.shift},
                   {"phone", record.phone},
                   {"home", campaign_name(*campaigns, record.home)},
                   {"state", name_of(engine::AgentState::SignedOut)},
                   {"reason", name_of(engine::AgentReason::None)},
                   {"campaign", nullptr},
                   {"seconds", nullptr}};
        if (const auto found = live->find(record.id); found != live->end()) {
            agent["state"] = name_of(found->second.state);
            agent["reason"] = name_of(found->second.reason);
            if (!found->second.pause_code.empty()) agent["pause_code"] = found->second.pause_code;
            if (!found->second.introduction.empty())
                agent["introduction"] = found->second.introduction;
            const std::string campaign = campaign_name(*campaigns, found->second.campaign);
            if (!campaign.empty()) agent["campaign"] = campaign;
            agent["seconds"] = std::max(0.0, backend.uptime_s() - found->second.since_s);
        }
        if (Json news = news_json(backend, record.id); !news.empty())
            agent["news"] = std::move(news);
        agents.push_back(std::move(agent));
    }
    return agents;
}

}  // namespace

Result<Json> agents_json(Backend& backend) { return agents_json_of(backend, {}); }

api::Response list_agents(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return api::problem(scope.error());
    auto agents = agents_json_of(backend, *scope);
    if (!agents) return api::problem(agents.error());
    return json_response({{"agents", *std::move(agents)}});
}

api::Response add_agent(Backend& backend, const Call& call) {
    store::AgentRecord agent;
    agent.name = text_member(call.body, "name");
    agent.sip_user =
        agent.name;  // a SIP user that is not the name only makes phones harder to set up
    if (const auto named = check_name(agent.name); !named) return api::problem(named.error());
    const std::string client_name = text_member(call.body, "client");
    const auto client = backend.store().add_client(client_name.empty() ? "default" : client_name);
    if (!client) return api::problem(client.error());
    agent.client = *client;
    if (const auto sound = read_terms_of_work(backend, call.body, agent); !sound)
        return api::problem(sound.error());

    const auto password = random_password();
    if (!password) return api::problem(password.error());
    const std::string& realm = backend.config().sip.realm;
    agent.ha1_md5 = sip::ha1_md5(agent.sip_user, realm, *password);
    const auto id = backend.store().add_agent(agent);
    if (!id) return api::problem(id.error());
    if (const auto loaded = backend.reload_accounts(); !loaded) return api::problem(loaded.error());
    return json_response({{"id", id_json(*id)},
                          {"name", agent.name},
                          {"user", agent.sip_user},
                          {"realm", realm},
                          {"password", *password}},
                         201);
}

api::Response remove_agent(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    if (backend.live()) {
        // He may not be signed in: then there is nothing to end.
        const auto kicked = backend.command([&](RequestId request) {
            return engine::AgentOrdered{request, agent->id, engine::AgentOrder::Kick};
        });
        const bool signed_out = !kicked && kicked.error().code != Errc::Unavailable;
        if (!kicked && !signed_out) return api::problem(kicked.error());
    }
    if (const auto removed = backend.store().remove_agent(agent->id, backend.utc_now()); !removed) {
        return api::problem(removed.error());
    }
    if (const auto loaded = backend.reload_accounts(); !loaded) return api::problem(loaded.error());
    return json_response({{"removed", agent->name}});
}

/// The body's `further`: campaigns that he serves too, the dearest first.
static Result<std::vector<CampaignId>> further_campaigns(Backend& backend,
                                                         const store::AgentRecord& agent,
                                                         const Json& body) {
    std::vector<CampaignId> further;
    const auto listed = body.find("further");
    if (listed == body.end() || !listed->is_array()) return further;
    for (const auto& name : *listed) {
        if (!name.is_string()) return fail(Errc::InvalidInput, "`further` must be a list of names");
        const auto campaign = find_campaign(backend, name.get<std::string>());
        if (!campaign) return tl::unexpected(campaign.error());
        if (const auto serves = agent_serves(backend, agent, *campaign); !serves)
            return tl::unexpected(serves.error());
        further.push_back(campaign->id);
    }
    return further;
}

api::Response sign_agent_in(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const auto campaign = find_campaign(backend, text_member(call.body, "campaign"));
    if (!campaign) return api::problem(campaign.error());
    if (const auto serves = agent_serves(backend, *agent, *campaign); !serves)
        return api::problem(serves.error());
    const auto further = further_campaigns(backend, *agent, call.body);
    if (!further) return api::problem(further.error());
    const auto skills = parse_skills(agent->skills);
    if (!skills) return api::problem(skills.error());
    std::optional<UtcTime> shift_ends;
    if (!agent->shift.empty() && !flag_member(call.body, "overtime")) {
        const auto end = shift_end(agent->shift, backend.utc_now());
        if (!end) return api::problem(end.error());
        shift_ends = *end;
    }
    const bool ready = flag_member(call.body, "ready");
    const auto done = backend.command([&](RequestId request) {
        return engine::AgentSignedIn{.request = request,
                                     .agent = agent->id,
                                     .campaign = campaign->id,
                                     .ready = ready,
                                     .further = *further,
                                     .skills = *skills,
                                     .shift_ends = shift_ends};
    });
    if (!done) return api::problem(done.error());
    return json_response({{"agent", agent->name},
                          {"campaign", campaign->name},
                          {"ready", ready},
                          {"shift_ends", iso_time(shift_ends)}});
}

api::Response change_agent(Backend& backend, const Call& call) {
    auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    if (const auto sound = read_terms_of_work(backend, call.body, *agent); !sound)
        return api::problem(sound.error());
    if (const auto changed = backend.store().change_agent(*agent); !changed)
        return api::problem(changed.error());
    if (const auto loaded = backend.reload_accounts(); !loaded) return api::problem(loaded.error());
    return json_response({{"agent", agent->name},
                          {"skills", agent->skills},
                          {"shift", agent->shift},
                          {"phone", agent->phone},
                          {"campaign", id_json(agent->home)}});
}

api::Response order_agent(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const auto verb = call.path.substr(call.path.rfind('/') + 1);
    for (const auto& [word, order] : kOrders) {
        if (word != verb) continue;
        const auto done = backend.command([&](RequestId request) {
            return engine::AgentOrdered{request, agent->id, order, text_member(call.body, "code")};
        });
        if (!done) return api::problem(done.error());
        return json_response({{"agent", agent->name}, {"order", name_of(order)}});
    }
    return api::problem({Errc::NotFound, fmt::format("\"{}\" is no order to an agent", verb)});
}

}  // namespace bellwether::app
