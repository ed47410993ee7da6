#include "dialer/app/commands/command_groups.h"
#include "dialer/app/handlers/router.h"

namespace bellwether::app {

namespace {

Result<Plan> plan_quota(const Given& given) {
    std::string path = path_to("campaigns", given.value("--campaign"), "quota");
    if (given.has("--client")) path += "?client=" + percent_encoded(given.value("--client"));
    Plan plan = get(path);
    plan.is_long = true;
    return plan;
}

Result<Plan> plan_report(const Given& given) {
    std::string path = "/api/v1/reports/quota";
    char separator = '?';
    for (const char* name : {"--campaign", "--client"}) {
        if (!given.has(name)) continue;
        path += separator + std::string{name + 2} + "=" + percent_encoded(given.value(name));
        separator = '&';
    }
    if (given.has("--csv")) path += separator + std::string{"format=csv"};
    Plan plan = get(path);
    plan.is_text = given.has("--csv");
    plan.is_long = true;
    return plan;
}

}  // namespace

std::vector<Command> survey_quota_commands() {
    const Argument client =
        option("--client", "NAME", "of this client organisation alone (default: of all)");
    return {
        {"survey",
         "quota",
         "how the cells are filled, and where the contacts stand",
         {required("--campaign", "NAME", "whose quotas"), client},
         plan_quota},
        {"report",
         "quota",
         "the cells of every campaign with quotas",
         {option("--campaign", "NAME", "this one alone (default: all)"), client,
          flag("--csv", "as CSV")},
         plan_report},
    };
}

}  // namespace bellwether::app
