#include "dialer/app/command_groups.h"
#include "dialer/app/router.h"

namespace bellwether::app {

namespace {

Result<Plan> plan_quota(const Given& given) {
    Plan plan = get(path_to("campaigns", given.value("--campaign"), "quota"));
    plan.is_long = true;
    return plan;
}

Result<Plan> plan_report(const Given& given) {
    std::string path = "/api/v1/reports/quota";
    char separator = '?';
    if (given.has("--campaign")) {
        path += separator + ("campaign=" + percent_encoded(given.value("--campaign")));
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
    return {
        {"survey",
         "quota",
         "how the cells are filled, and where the contacts stand",
         {required("--campaign", "NAME", "whose quotas")},
         plan_quota},
        {"report",
         "quota",
         "the cells of every campaign with quotas",
         {option("--campaign", "NAME", "this one alone (default: all)"), flag("--csv", "as CSV")},
         plan_report},
    };
}

}  // namespace bellwether::app
