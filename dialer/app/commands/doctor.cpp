#include "dialer/app/commands/doctor.h"

#include <algorithm>
#include <chrono>
#include <ostream>

#include "dialer/api/client.h"
#include "dialer/api/problem_json.h"
#include "dialer/app/commands/host_checks.h"
#include "dialer/app/commands/reach_checks.h"
#include "dialer/app/commands/render.h"
#include "dialer/app/commands/trunk_checks.h"
#include "dialer/app/files/json_text.h"

namespace bellwether::app {

namespace {

constexpr std::chrono::milliseconds kTrunkPatience{2'000};  // two seconds are far for a carrier

Check check_service(const Config& config, bool running) {
    return {"service", CheckResult::Ok,
            running ? "answers on " + config.socket.string()
                    : "is not running (nothing on " + config.socket.string() + ")"};
}

/// The store and, in it, every campaign's file with its sounds.
std::vector<Check> check_campaigns(const Config& config, const OpenStore& open_store,
                                   bool running) {
    std::error_code ignored;
    if (!running && !std::filesystem::exists(config.store, ignored)) {
        return {{"store", CheckResult::Ok,
                 config.store.string() + " is not there yet: it will be made"}};
    }
    Plan plan;
    plan.request = {"GET", "/api/v1/campaigns/problems", "", ""};
    const auto response = answer(plan, config, open_store);
    if (!response) return {{"store", CheckResult::Failed, response.error().detail}};
    if (response->status >= 300) {
        return {{"store", CheckResult::Failed, api::read_problem(*response).error.detail}};
    }
    std::vector<Check> checks{{"store", CheckResult::Ok, config.store.string() + " can be read"}};
    const auto body = Json::parse(response->body, nullptr, false);
    if (!body.is_object() || !body.contains("campaigns")) return checks;
    for (const auto& campaign : body["campaigns"]) {
        const std::string name = "campaign " + text_member(campaign, "name");
        if (campaign["problems"].empty()) {
            checks.push_back({name, CheckResult::Ok, "its files and sounds are there"});
        }
        for (const auto& problem : campaign["problems"]) {
            checks.push_back({name, CheckResult::Failed, problem.get<std::string>()});
        }
    }
    return checks;
}

/// `telephony.trunks` of a running service; null if it does not say.
Json live_trunks(const Config& config, const OpenStore& open_store) {
    Plan plan;
    plan.request = {"GET", "/api/v1/status", "", ""};
    const auto response = answer(plan, config, open_store);
    if (!response || response->status >= 300) return nullptr;
    const Json body = Json::parse(response->body, nullptr, false);
    const Json::json_pointer place{"/telephony/trunks"};
    return body.is_object() && body.contains(place) ? body[place] : Json(nullptr);
}

/// What a service sees of its trunks says more than a question of our own, which some carriers
/// answer only from the service's own port.
std::vector<Check> check_trunks(const Config& config, const Json& live, UtcTime now) {
    std::vector<Check> checks = check_live_trunks(live);
    for (const sip::TrunkConfig& trunk : config.trunks) {
        if (live.is_null() || trunk.options_every.count() == 0)
            checks.push_back(check_trunk_answers(trunk, kTrunkPatience));
        if (trunk.transport == sip::Transport::Tls && !trunk.tls.certificate_file.empty())
            checks.push_back(check_trunk_certificate(trunk, now));
    }
    return checks;
}

Json to_json(const std::vector<Check>& checks) {
    Json all = Json::array();
    for (const Check& check : checks) {
        all.push_back(
            {{"check", check.name}, {"result", name_of(check.result)}, {"detail", check.detail}});
    }
    return {{"checks", std::move(all)}};
}

}  // namespace

ExitCode doctor(const Config& config, const OpenStore& open_store, const Output& output) {
    const auto now =
        std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const bool running = api::is_listening(config.socket);
    std::vector<Check> checks{check_service(config, running),
                              check_trunk(config),
                              check_disk(config),
                              check_write_speed(config),
                              check_evidence_key(config),
                              check_clock(),
                              check_zones(now)};
    const Json trunks = running ? live_trunks(config, open_store) : Json(nullptr);
    for (Check& check : check_trunks(config, trunks, now)) checks.push_back(std::move(check));
    if (!running) {  // a running service has them bound itself
        checks.push_back(check_sip_port(config));
        checks.push_back(check_media_ports(config));
    }
    for (Check& check : check_campaigns(config, open_store, running))
        checks.push_back(std::move(check));
    Json body = to_json(checks);
    if (output.json && !trunks.is_null()) body["trunks"] = trunks;
    output.out << (output.json ? body.dump() + "\n" : render(body)) << std::flush;
    const bool failed = std::any_of(checks.begin(), checks.end(), [](const Check& check) {
        return check.result == CheckResult::Failed;
    });
    return failed ? ExitCode::ValidationFailed : ExitCode::Done;
}

}  // namespace bellwether::app
