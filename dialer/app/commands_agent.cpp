#include "dialer/app/command_groups.h"

namespace bellwether::app {

namespace {

Plan order(const Given& given, std::string_view verb, const Json& body) {
    Plan plan = post(path_to("agents", given.value("NAME"), verb), body);
    plan.needs_service = true;
    return plan;
}

template <char const* kVerb>
Result<Plan> plan_order(const Given& given) {
    return order(given, kVerb, Json::object());
}

constexpr char kReady[] = "ready";
constexpr char kPause[] = "pause";
constexpr char kWrapUp[] = "wrapup";
constexpr char kDial[] = "dial";
constexpr char kSignOut[] = "signout";
constexpr char kLeave[] = "leave";
constexpr char kKick[] = "kick";
constexpr char kSkip[] = "skip";

Result<Plan> plan_sign_in(const Given& given) {
    return order(given, "signin",
                 {{"campaign", given.value("--campaign")}, {"ready", given.has("--ready")}});
}

Result<Plan> plan_remove(const Given& given) {
    if (given.has("--dry-run")) return get("/api/v1/agents");
    return post(path_to("agents", given.value("NAME"), "remove"), Json::object());
}

}  // namespace

std::vector<Command> agent_commands() {
    const Argument name = word("NAME", "of the agent");
    return {
        {"agent",
         "add",
         "make an agent; prints the phone's password, once",
         {name, option("--client", "NAME", "client organisation (default: default)")},
         [](const Given& given) -> Result<Plan> {
             return post("/api/v1/agents",
                         {{"name", given.value("NAME")}, {"client", given.value("--client")}});
         }},
        {"agent",
         "remove",
         "forget an agent's password; his calls stay on record",
         {name, flag("--dry-run", "show the agents, change nothing")},
         plan_remove},
        {"agent",
         "list",
         "every agent, with state and reason",
         {},
         [](const Given&) -> Result<Plan> { return get("/api/v1/agents"); }},
        {"agent",
         "signin",
         "ring the agent's phone and keep it up",
         {name, required("--campaign", "NAME", "whose calls he takes"),
          flag("--ready", "ready as soon as the phone is up (default: paused)")},
         plan_sign_in},
        {"agent", "ready", "take calls", {name}, plan_order<kReady>},
        {"agent", "pause", "take none; during a call: after it", {name}, plan_order<kPause>},
        {"agent", "wrapup", "end the wrap-up: ready again", {name}, plan_order<kWrapUp>},
        {"agent",
         "dial",
         "manual and preview mode: one call for this agent",
         {name},
         plan_order<kDial>},
        {"agent", "skip", "preview mode: show another contact", {name}, plan_order<kSkip>},
        {"agent", "signout", "sign out; during a call: after it", {name}, plan_order<kSignOut>},
        {"agent",
         "label",
         "say who or what the agent's last call was: human or machine",
         {name, word("TRUTH", "human or machine")},
         [](const Given& given) -> Result<Plan> {
             Plan plan = post(path_to("agents", given.value("NAME"), "label"),
                              {{"truth", given.value("TRUTH")}});
             plan.needs_service = true;
             return plan;
         }},
        {"agent",
         "optout",
         "the person of his last call wants no more calls: do-not-call, and consents revoked",
         {name, option("--reason", "TEXT", "kept with the entry")},
         [](const Given& given) -> Result<Plan> {
             Plan plan = post(path_to("agents", given.value("NAME"), "optout"),
                              {{"reason", given.value("--reason")}});
             plan.needs_service = true;
             return plan;
         }},
        {"agent",
         "leave",
         "end of shift: sign out after call and wrap-up",
         {name},
         plan_order<kLeave>},
        {"agent", "kick", "sign out at once, whatever goes on", {name}, plan_order<kKick>},
    };
}

}  // namespace bellwether::app
