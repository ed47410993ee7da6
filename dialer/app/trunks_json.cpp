#include "dialer/app/trunks_json.h"

#include <nlohmann/json.hpp>

namespace bellwether::app {

nlohmann::json trunks_json(const std::vector<sip::TrunkStatus>& trunks) {
    auto all = nlohmann::json::array();
    for (const sip::TrunkStatus& trunk : trunks) {
        nlohmann::json json{{"name", trunk.name},
                            {"transport", name_of(trunk.transport)},
                            {"up", trunk.up},
                            {"condition", name_of(trunk.condition)},
                            {"reason", trunk.reason},
                            {"circuit", name_of(trunk.circuit)},
                            {"calls", trunk.calls},
                            {"invites", trunk.invites},
                            {"answered", trunk.answered},
                            {"failed", trunk.failed},
                            {"options_rtt_s", nullptr}};
        if (trunk.options_rtt)
            json["options_rtt_s"] = std::chrono::duration<double>(*trunk.options_rtt).count();
        all.push_back(std::move(json));
    }
    return all;
}

}  // namespace bellwether::app
