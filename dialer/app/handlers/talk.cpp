#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dialer/api/problem_json.h"
#include "dialer/app/files/moment.h"
#include "dialer/app/handlers/client_scope.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/store/conversions.h"
#include "dialer/store/talk.h"

// What agents say of their calls, whom they hand them on to, who listens, and who was promised a
// call or has called us.

namespace bellwether::app {

namespace {

/// The zone whose clocks a time without one is on: that of the agent's last campaign.
Result<compliance::ZoneOffsets> zone_of(Backend& backend, AgentId agent) {
    auto zone = backend.inspect([agent](const engine::EngineState& state) {
        const auto found = state.agents.find(agent);
        if (found == state.agents.end()) return compliance::ZoneOffsets{};
        const auto campaign = state.campaigns.find(found->second.last_campaign);
        return campaign == state.campaigns.end() ? compliance::ZoneOffsets{}
                                                 : campaign->second.spec.hours.zone;
    });
    if (!zone) return tl::unexpected(zone.error());
    if (zone->offsets.empty()) zone->offsets = {{UtcTime{}, std::chrono::seconds{0}}};
    return *std::move(zone);
}

std::map<CampaignId, std::string> names_of(const std::vector<store::CampaignRecord>& records) {
    std::map<CampaignId, std::string> names;
    for (const auto& record : records) names[record.id] = record.name;
    return names;
}

std::map<AgentId, std::string> names_of(const std::vector<store::AgentRecord>& records) {
    std::map<AgentId, std::string> names;
    for (const auto& record : records) names[record.id] = record.name;
    return names;
}

/// Names where the store has ids; what is gone keeps its number.
struct Names {
    std::map<CampaignId, std::string> campaigns;
    std::map<AgentId, std::string> agents;

    [[nodiscard]] Json campaign(CampaignId id) const { return named(campaigns, id); }
    [[nodiscard]] Json agent(AgentId id) const { return named(agents, id); }

private:
    template <class Id>
    static Json named(const std::map<Id, std::string>& names, Id id) {
        if (value_of(id) == 0) return nullptr;
        const auto found = names.find(id);
        return found == names.end() ? Json("#" + std::to_string(value_of(id)))
                                    : Json(found->second);
    }
};

Result<Names> read_names(Backend& backend) {
    const auto campaigns = backend.store().campaigns();
    if (!campaigns) return tl::unexpected(campaigns.error());
    const auto agents = backend.store().agents();
    if (!agents) return tl::unexpected(agents.error());
    return Names{names_of(*campaigns), names_of(*agents)};
}

/// Whose calls are listed: those of the campaigns of `?client=`, or all. A call that no campaign
/// had a part in is nobody's.
struct Whose {
    bool everybody = true;
    std::set<CampaignId> campaigns;

    [[nodiscard]] bool includes(CampaignId id) const { return everybody || campaigns.contains(id); }
};

Result<Whose> whose_of(Backend& backend, const Call& call) {
    const auto scope = ClientScope::of(backend, call);
    if (!scope) return tl::unexpected(scope.error());
    auto campaigns = campaigns_in(backend, *scope);
    if (!campaigns) return tl::unexpected(campaigns.error());
    return Whose{scope->is_everybody(), *std::move(campaigns)};
}

/// `?from=` and `?to=`, RFC 3339; all of time without them.
Result<std::pair<UtcTime, UtcTime>> window_of(const Call& call) {
    std::pair window{UtcTime{}, UtcTime::max()};
    const auto zone = compliance::ZoneOffsets{"UTC", {{UtcTime{}, std::chrono::seconds{0}}}};
    for (auto [key, out] : {std::pair{"from", &window.first}, std::pair{"to", &window.second}}) {
        const std::string text = call.query_value(key);
        if (text.empty()) continue;
        const auto at = parse_appointment(text, zone, UtcTime{});
        if (!at) return tl::unexpected(at.error());
        *out = *at;
    }
    return window;
}

// A promise is kept if the call is made within a quarter of an hour (ours; queXS lists those
// beyond its appointment's time at once, which a busy floor cannot keep).
constexpr std::chrono::minutes kPromiseTolerance{15};

Json callback_json(const store::CallbackRecord& record, const Names& names, UtcTime now) {
    const UtcTime late_from = record.due + kPromiseTolerance;
    const char* standing = "OPEN";
    if (record.replaced) {
        standing = "REPLACED";
    } else if (record.kept) {
        standing = *record.kept <= late_from ? "KEPT" : "KEPT_LATE";
    } else if (now > late_from) {
        standing = "BROKEN";
    } else if (now >= record.due) {
        standing = "DUE";
    }
    return {{"id", id_json(record.id)},           {"campaign", names.campaign(record.campaign)},
            {"contact", id_json(record.contact)}, {"agent", names.agent(record.agent)},
            {"due", iso_time(record.due)},        {"promised", iso_time(record.promised)},
            {"kept", iso_time(record.kept)},      {"standing", standing}};
}

Json inbound_json(const store::InboundRecord& record, const Names& names) {
    return {{"call", fmt::format("{}-{}", value_of(record.epoch), value_of(record.call))},
            {"campaign", names.campaign(record.campaign)},
            {"contact", id_json(record.contact)},
            {"attempt", id_json(record.attempt)},
            {"called", record.called},
            {"arrived", iso_time(record.arrived)},
            {"answered", iso_time(record.answered)},
            {"queued", iso_time(record.queued)},
            {"connected", iso_time(record.connected)},
            {"agent", names.agent(record.agent)},
            {"opted_out", iso_time(record.opted_out)},
            {"callback", iso_time(record.callback)},
            {"ended", iso_time(record.ended)},
            {"ending", record.ending}};
}

}  // namespace

/// The body's `code`; for a callback `at` and `mine`; a `note`.
api::Response dispose_of_call(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    std::optional<UtcTime> due;
    if (const std::string at = text_member(call.body, "at"); !at.empty()) {
        const auto zone = zone_of(backend, agent->id);
        if (!zone) return api::problem(zone.error());
        const auto parsed = parse_appointment(at, *zone, backend.utc_now());
        if (!parsed) return api::problem(parsed.error());
        due = *parsed;
    }
    const std::string code = text_member(call.body, "code");
    const auto done = backend.command([&](RequestId request) {
        return engine::AgentDisposed{request,
                                     agent->id,
                                     code,
                                     due,
                                     flag_member(call.body, "mine"),
                                     text_member(call.body, "note")};
    });
    if (!done) return api::problem(done.error());
    return json_response({{"agent", agent->name}, {"code", code}, {"due", iso_time(due)}});
}

api::Response transfer_call(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const std::string target = text_member(call.body, "target");
    const bool warm = flag_member(call.body, "warm");
    const auto done = backend.command([&](RequestId request) {
        return engine::TransferOrdered{request, agent->id, target, warm};
    });
    if (!done) return api::problem(done.error());
    return json_response({{"agent", agent->name}, {"target", target}, {"warm", warm}});
}

api::Response listen_to_agent(Backend& backend, const Call& call) {
    const auto agent = find_agent(backend, call.names.at(0));
    if (!agent) return api::problem(agent.error());
    const std::string word = text_member(call.body, "role");
    std::string upper = word;
    std::ranges::transform(upper, upper.begin(), [](unsigned char c) { return std::toupper(c); });
    const auto role = enum_from_name<engine::ListenRole>(upper);
    if (!role) {
        return api::problem(
            {Errc::InvalidInput, fmt::format("\"{}\" is not monitor, whisper, barge "
                                             "or leave",
                                             word)});
    }
    const std::string phone = text_member(call.body, "phone");
    const auto done = backend.command([&](RequestId request) {
        return engine::SupervisorCame{request, agent->id, phone, *role};
    });
    if (!done) return api::problem(done.error());
    return json_response({{"agent", agent->name}, {"phone", phone}, {"role", name_of(*role)}});
}

api::Response list_callbacks(Backend& backend, const Call& call) {
    const auto window = window_of(call);
    if (!window) return api::problem(window.error());
    const auto names = read_names(backend);
    if (!names) return api::problem(names.error());
    const auto whose = whose_of(backend, call);
    if (!whose) return api::problem(whose.error());
    const bool open_only = call.query_value("open") == "1";
    const auto records =
        store::callbacks(backend.store(), window->first, window->second, open_only);
    if (!records) return api::problem(records.error());
    Json callbacks = Json::array();
    std::map<std::string, int> standings;
    for (const auto& record : *records) {
        if (!whose->includes(record.campaign)) continue;
        callbacks.push_back(callback_json(record, *names, backend.utc_now()));
        ++standings[callbacks.back()["standing"].get<std::string>()];
    }
    return json_response({{"callbacks", std::move(callbacks)}, {"standings", standings}});
}

/// `?campaign=`; cases that refused first in the window.
api::Response list_conversions(Backend& backend, const Call& call) {
    const auto window = window_of(call);
    if (!window) return api::problem(window.error());
    const auto names = read_names(backend);
    if (!names) return api::problem(names.error());
    const auto whose = whose_of(backend, call);
    if (!whose) return api::problem(whose.error());
    std::optional<CampaignId> only;
    if (const std::string name = call.query_value("campaign"); !name.empty()) {
        const auto campaign = find_campaign(backend, name);
        if (!campaign) return api::problem(campaign.error());
        only = campaign->id;
    }
    const auto all = store::conversion_figures(backend.store(), window->first, window->second);
    if (!all) return api::problem(all.error());
    Json rows = Json::array();
    for (const auto& figures : *all) {
        if (!whose->includes(figures.campaign) || (only && *only != figures.campaign)) continue;
        rows.push_back({{"campaign", names->campaign(figures.campaign)},
                        {"refused_soft", figures.soft},
                        {"refused_hard", figures.hard},
                        {"to_convert", figures.planned},
                        {"waiting", figures.waiting},
                        {"attempted", figures.attempted},
                        {"converted", figures.converted},
                        {"refused_again", figures.refused_again}});
    }
    return json_response({{"conversion", std::move(rows)}});
}

api::Response list_inbound(Backend& backend, const Call& call) {
    const auto window = window_of(call);
    if (!window) return api::problem(window.error());
    const auto names = read_names(backend);
    if (!names) return api::problem(names.error());
    const auto whose = whose_of(backend, call);
    if (!whose) return api::problem(whose.error());
    const auto records = store::inbound_calls(backend.store(), window->first, window->second);
    if (!records) return api::problem(records.error());
    Json calls = Json::array();
    for (const auto& record : *records) {
        if (whose->includes(record.campaign)) calls.push_back(inbound_json(record, *names));
    }
    return json_response({{"inbound", std::move(calls)}});
}

api::Response list_transfers(Backend& backend, const Call& call) {
    const auto window = window_of(call);
    if (!window) return api::problem(window.error());
    const auto names = read_names(backend);
    if (!names) return api::problem(names.error());
    const auto whose = whose_of(backend, call);
    if (!whose) return api::problem(whose.error());
    const auto records = store::transfers(backend.store(), window->first, window->second);
    if (!records) return api::problem(records.error());
    Json transfers = Json::array();
    for (const auto& record : *records) {
        if (!whose->includes(record.campaign)) continue;
        transfers.push_back({{"attempt", id_json(record.attempt)},
                             {"campaign", names->campaign(record.campaign)},
                             {"agent", names->agent(record.agent)},
                             {"target", record.target},
                             {"warm", record.warm},
                             {"result", record.result},
                             {"at", iso_time(record.at)}});
    }
    return json_response({{"transfers", std::move(transfers)}});
}

}  // namespace bellwether::app
