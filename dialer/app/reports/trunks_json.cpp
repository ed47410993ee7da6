#include "dialer/app/reports/trunks_json.h"

#include <nlohmann/json.hpp>

namespace bellwether::app {

namespace {

// PROBING: down until one call or one OPTIONS has shown that it is back.
std::string_view state_of(const sip::TrunkStatus& trunk) {
    if (trunk.circuit == sip::Circuit::HalfOpen) return "PROBING";
    return trunk.up ? "UP" : "DOWN";
}

nlohmann::json seconds_json(const std::optional<std::chrono::milliseconds>& time) {
    if (!time) return nullptr;
    return std::chrono::duration<double>(*time).count();
}

}  // namespace

nlohmann::json trunks_json(const std::vector<sip::TrunkStatus>& trunks) {
    auto all = nlohmann::json::array();
    for (const sip::TrunkStatus& trunk : trunks) {
        nlohmann::json json{{"name", trunk.name},
                            {"transport", name_of(trunk.transport)},
                            {"up", trunk.up},
                            {"condition", name_of(trunk.condition)},
                            {"reason", trunk.reason},
                            {"state", state_of(trunk)},
                            {"circuit", name_of(trunk.circuit)},
                            {"calls", trunk.calls},
                            {"lines", trunk.lines},
                            {"calls_last_second", trunk.started_last_second},
                            {"calls_per_second", trunk.calls_per_second},
                            {"invites", trunk.invites},
                            {"answered", trunk.answered},
                            {"failed", trunk.failed},
                            {"options_rtt_s", seconds_json(trunk.options_rtt)},
                            {"options_ago_s", seconds_json(trunk.options_ago)}};
        all.push_back(std::move(json));
    }
    return all;
}

}  // namespace bellwether::app
