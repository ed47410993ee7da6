#include "dialer/api/problem_json.h"
#include "dialer/app/commands/explain_words.h"
#include "dialer/app/files/moment.h"
#include "dialer/app/handlers/handlers.h"
#include "dialer/app/reports/live_figures.h"
#include "dialer/app/reports/pacing_json.h"
#include "dialer/app/version.h"

namespace bellwether::app {

namespace {

Json campaign_json(const store::CampaignRecord& record, const engine::EngineState* engine,
                   UtcTime now) {
    Json campaign{
        {"id", id_json(record.id)}, {"name", record.name}, {"state", name_of(record.run_state)}};
    if (engine == nullptr) return campaign;
    const auto found = engine->campaigns.find(record.id);
    if (found == engine->campaigns.end()) {
        campaign["reason"] =
            "the engine does not have it: its files could not be read, see the log";
        return campaign;
    }
    const engine::Campaign& live = found->second;
    campaign["state"] = name_of(live.run_state);
    add_mode(live, campaign);
    campaign["lines_in_flight"] = live.lines_in_flight;
    campaign["lines_up"] = live.lines_up;
    campaign["calls_waiting"] = live.waiting.size();
    campaign["block"] = name_of(live.last_block);
    campaign["pacing"] = pacing_json(live.last_decision);
    campaign["reason"] = explain(live.run_state, live.last_block, live.last_decision);
    const auto hours = compliance::check_hours(live.spec.hours, now);
    campaign["hours"] = {
        {"open", hours.open},
        {"until",
         hours.until ? Json(zoned_time(*hours.until, live.spec.hours.zone)) : Json(nullptr)}};
    campaign["accounts"] = Json::array();
    for (std::size_t i = 0; i < live.accounts.size(); ++i)
        campaign["accounts"].push_back(account_json(live.accounts[i], live.spec.abandonment[i]));
    return campaign;
}

/// The first trunk by name, and what all of them can carry together; each as it stands is part of
/// "telephony".
Json trunk_json(const Config& config, const engine::EngineState* engine) {
    if (config.trunks.empty()) return nullptr;
    const sip::TrunkConfig& trunk = config.trunks.front();
    Json json{{"name", trunk.name},
              {"host", trunk.host},
              {"port", trunk.port},
              {"trunks", config.trunks.size()},
              {"lines", config.lines()},
              {"calls_per_second", config.calls_per_second()},
              {"allowed_prefixes", config.allowed_prefixes()}};
    if (engine != nullptr) json["lines_used"] = engine->trunk_lines_used;
    return json;
}

Json campaigns_json(const std::vector<store::CampaignRecord>& records,
                    const engine::EngineState* engine, UtcTime now) {
    Json all = Json::array();
    for (const auto& record : records) all.push_back(campaign_json(record, engine, now));
    return all;
}

}  // namespace

api::Response get_status(Backend& backend, const Call&) {
    const auto campaigns = backend.store().campaigns();
    if (!campaigns) return api::problem(campaigns.error());
    Json status{{"node", backend.config().node},
                {"version", kVersion},
                {"live", backend.live()},
                {"epoch", value_of(backend.store().epoch())},
                {"uptime_s", backend.uptime_s()},
                {"time", iso_time(backend.utc_now())},
                {"data_dir", backend.config().data_dir.string()}};
    auto agents = agents_json(backend);
    if (!agents) return api::problem(agents.error());
    if (!backend.live()) {
        status["campaigns"] = campaigns_json(*campaigns, nullptr, backend.utc_now());
        status["agents"] = *std::move(agents);
        status["trunk"] = trunk_json(backend.config(), nullptr);
        return json_response(status);
    }
    const Config& config = backend.config();
    auto live = backend.inspect(
        [records = *campaigns, &config, now = backend.utc_now()](const engine::EngineState& state) {
            return Json{{"shutting_down", state.shutting_down},
                        {"store_failed", state.store_failed},
                        {"campaigns", campaigns_json(records, &state, now)},
                        {"trunk", trunk_json(config, &state)}};
        });
    if (!live) return api::problem(live.error());
    status.update(*live);
    status["agents"] = *std::move(agents);
    status["telephony"] = backend.telephony_status();
    return json_response(status);
}

api::Response get_version(Backend&, const Call&) {
    return json_response({{"name", "bellwether"}, {"version", kVersion}});
}

}  // namespace bellwether::app
