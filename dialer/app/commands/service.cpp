#include "dialer/app/commands/command_groups.h"

namespace bellwether::app {

namespace {

Result<Plan> plan_status(const Given& given) {
    if (given.has("--watch")) return local(Plan::Local::StatusWatch);
    Plan plan = get("/api/v1/status");
    plan.needs_service = true;
    return plan;
}

}  // namespace

std::vector<Command> service_commands() {
    return {
        {"serve",
         "",
         "run the service: own the store, dial, answer commands",
         {},
         [](const Given&) { return local(Plan::Local::Serve); }},
        {"status",
         "",
         "campaigns, agents and trunk of the running service",
         {flag("--watch", "as a wallboard that follows; q ends it")},
         plan_status},
        {"doctor",
         "",
         "check ports, files, sounds, disk and clock",
         {},
         [](const Given&) { return local(Plan::Local::Doctor); }},
        {"version",
         "",
         "print the version",
         {},
         [](const Given&) { return local(Plan::Local::Version); }},
    };
}

}  // namespace bellwether::app
