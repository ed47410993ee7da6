#include <filesystem>

#include "dialer/app/commands/command_groups.h"
#include "dialer/app/commands/explain_text.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/files/toml_tree.h"
#include "dialer/app/handlers/router.h"

namespace bellwether::app {

namespace {

/// The campaign's text goes with the request; its questionnaire and sounds are read by path, from
/// the folder where the file stands.
Result<Plan> plan_file(const Given& given, const std::string& path) {
    const std::filesystem::path file = absolute(given.value("FILE"));
    const auto text = read_file(file, kTomlBytesMax + 1);
    if (!text) return tl::unexpected(text.error());
    Plan plan = post(
        path,
        {{"toml", *text}, {"file", given.value("FILE")}, {"folder", file.parent_path().string()}});
    plan.is_long = true;  // a questionnaire's texts are spoken one after the other
    return plan;
}

Result<Plan> plan_apply(const Given& given) {
    return plan_file(given,
                     given.has("--dry-run") ? "/api/v1/campaigns/check" : "/api/v1/campaigns");
}

Result<Plan> plan_check(const Given& given) { return plan_file(given, "/api/v1/campaigns/check"); }

Plan order(const Given& given, std::string_view verb) {
    Plan plan = post(path_to("campaigns", given.value("NAME"), verb), Json::object());
    plan.needs_service = true;
    return plan;
}

Result<Plan> plan_explain(const Given& given) {
    if (given.has("--at") && given.value("--at").empty())
        return fail(Errc::InvalidInput, "--at takes a time, as 14:03:07");
    std::string path = path_to("campaigns", given.value("NAME"), "explain");
    if (given.has("--at")) path += "?at=" + percent_encoded(given.value("--at"));
    Plan plan = get(path);
    plan.is_long = true;
    plan.show = given.has("--at") ? show_past_decision : show_explanation;
    return plan;
}

Result<Plan> plan_start(const Given& given) {
    // What would be dialed stands in the figures: contacts left, hours, agents and the reason.
    if (given.has("--dry-run")) return plan_explain(given);
    return order(given, "start");
}

}  // namespace

std::vector<Command> campaign_commands() {
    const Argument file = word("FILE", "campaign as TOML");
    const Argument name = word("NAME", "of the campaign");
    const Argument dry = flag("--dry-run", "check and show, change nothing");
    return {
        {"campaign", "apply", "make or change a campaign from its file", {file, dry}, plan_apply},
        {"campaign",
         "check",
         "say everything that is wrong with a campaign's file",
         {file},
         plan_check},
        {"campaign",
         "list",
         "every campaign",
         {option("--client", "NAME", "of this client organisation alone (default: of all)")},
         [](const Given& given) -> Result<Plan> {
             return get("/api/v1/campaigns" + client_query(given));
         }},
        {"campaign", "start", "begin or go on dialing", {name, dry}, plan_start},
        {"campaign",
         "pause",
         "start no more lines; calls go on",
         {name},
         [](const Given& given) -> Result<Plan> { return order(given, "pause"); }},
        {"campaign",
         "drain",
         "as pause, and stop with the last call",
         {name},
         [](const Given& given) -> Result<Plan> { return order(given, "drain"); }},
        {"campaign",
         "stop",
         "stop at once: ringing calls are cancelled",
         {name},
         [](const Given& given) -> Result<Plan> { return order(given, "stop"); }},
        {"campaign",
         "stats",
         "figures that add up",
         {name},
         [](const Given& given) -> Result<Plan> {
             Plan plan = get(path_to("campaigns", given.value("NAME"), "stats"));
             plan.show = show_stats;
             return plan;
         }},
        {"campaign",
         "explain",
         "why it dials as it does, or not; or did at another time",
         {name, option("--at", "TIME",
                       "the decision in force then: 14:03:07 on the campaign's clocks, or "
                       "2026-03-02T14:03:07+01:00 (default: now)")},
         plan_explain},
    };
}

}  // namespace bellwether::app
