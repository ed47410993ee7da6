#include "dialer/app/commands/command_groups.h"
#include "dialer/app/commands/number_list_plans.h"

namespace bellwether::app {

namespace {

Json scope(const Given& given) {
    return {{"number", given.value("NUMBER")},
            {"region", given.value("--region")},
            {"client", given.value("--client")},
            {"reason", given.value("--reason")},
            {"actor", user_name()}};
}

Result<Plan> plan_remove(const Given& given) {
    // A rehearsal answers what would be removed.
    return post(given.has("--dry-run") ? "/api/v1/do-not-call/check" : "/api/v1/do-not-call/remove",
                scope(given));
}

Result<Plan> plan_import(const Given& given) {
    if (given.has("--format")) return plan_number_list_import(given);
    Json body = scope(given);
    body["path"] = absolute(given.value("FILE"));
    body["dry_run"] = given.has("--dry-run");
    Plan plan = post("/api/v1/do-not-call/import", body);
    plan.is_long = true;
    plan.rejects_key = "rejected";
    return plan;
}

Result<Plan> plan_export(const Given& given) {
    Plan plan = get("/api/v1/do-not-call" + client_query(given));
    plan.is_long = true;
    plan.is_text = true;
    return plan;
}

std::vector<Argument> import_arguments(std::vector<Argument> own) {
    const auto more = number_list_options();
    own.insert(own.end(), more.begin(), more.end());
    return own;
}

}  // namespace

std::vector<Command> dnc_commands() {
    const Argument number = word("NUMBER", "as people write it, or in E.164");
    const Argument client =
        option("--client", "NAME", "for this client organisation alone (default: for all)");
    const Argument region =
        option("--region", "CODE", "country of numbers without a country code, as US");
    const Argument reason = option("--reason", "TEXT", "kept with the entry");
    const Argument dry = flag("--dry-run", "show, change nothing");
    return {
        {"dnc",
         "add",
         "never call this number again; in force when this returns",
         {number, client, region, reason},
         [](const Given& given) -> Result<Plan> {
             return post("/api/v1/do-not-call", scope(given));
         }},
        {"dnc", "remove", "take a number off the list", {number, client, region, dry}, plan_remove},
        {"dnc",
         "check",
         "is this number on the list?",
         {number, client, region},
         [](const Given& given) -> Result<Plan> {
             return post("/api/v1/do-not-call/check", scope(given));
         }},
        {"dnc", "import", "add every number of a file, or take a registry's list (--format)",
         import_arguments({word("FILE", "CSV with a phone column, or one number per line"), client,
                           region, reason, dry}),
         plan_import},
        {"dnc",
         "export",
         "every entry as CSV",
         {option("--client", "NAME",
                 "of this client organisation, and those for all (default: every one's)")},
         plan_export},
        number_lists_command(),
    };
}

}  // namespace bellwether::app
