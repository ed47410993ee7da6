#include "dialer/app/commands/command_groups.h"
#include "dialer/app/handlers/router.h"

namespace bellwether::app {

namespace {

std::string window_query(const Given& given) {
    std::string query;
    for (const char* key : {"client", "from", "to", "campaign"}) {
        const std::string value = given.value(std::string{"--"} + key);
        if (value.empty()) continue;
        query += (query.empty() ? "?" : "&") + std::string{key} + "=" + percent_encoded(value);
    }
    return query;
}

std::vector<Argument> window_options() {
    return {option("--client", "NAME", "of this client organisation alone (default: of all)"),
            option("--from", "TIME", "RFC 3339; default: since ever"),
            option("--to", "TIME", "exclusive; default: for ever")};
}

}  // namespace

std::vector<Command> talk_commands() {
    std::vector<Argument> callbacks = window_options();
    callbacks.push_back(flag("--open", "only those still to be kept"));
    std::vector<Argument> conversions = window_options();
    conversions.push_back(option("--campaign", "NAME", "this one alone (default: all)"));
    return {
        {"report", "callbacks", "calls that were promised: kept, due, late or broken", callbacks,
         [](const Given& given) -> Result<Plan> {
             std::string query = window_query(given);
             if (given.has("--open")) query += query.empty() ? "?open=1" : "&open=1";
             return get("/api/v1/callbacks" + query);
         }},
        {"report", "conversion", "cases that refused: called once more, won over, refused again",
         conversions,
         [](const Given& given) -> Result<Plan> {
             return get("/api/v1/conversions" + window_query(given));
         }},
        {"report", "inbound", "calls that came in, and what became of them", window_options(),
         [](const Given& given) -> Result<Plan> {
             return get("/api/v1/inbound" + window_query(given));
         }},
        {"report", "transfers", "calls that were handed on, and who took them", window_options(),
         [](const Given& given) -> Result<Plan> {
             return get("/api/v1/transfers" + window_query(given));
         }},
    };
}

}  // namespace bellwether::app
