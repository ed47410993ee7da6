#include "dialer/app/command_groups.h"

namespace bellwether::app {

namespace {

Result<Plan> local(Plan::Local what) {
    Plan plan;
    plan.local = what;
    return plan;
}

}  // namespace

std::vector<Command> compliance_commands() {
    return {
        {"compliance",
         "abandonment",
         "exact rates of abandonment windows, from counts as JSON on stdin",
         {},
         [](const Given&) { return local(Plan::Local::ComplianceAbandonment); }},
    };
}

}  // namespace bellwether::app
