#include "dialer/app/commands/command_groups.h"

namespace bellwether::app {

namespace {

Json whose(const Given& given) {
    return {{"number", given.value("NUMBER")},
            {"region", given.value("--region")},
            {"client", given.value("--client")}};
}

Result<Plan> plan_import(const Given& given) {
    Plan plan = post("/api/v1/consents/import", {{"path", absolute(given.value("FILE"))},
                                                 {"region", given.value("--region")},
                                                 {"client", given.value("--client")},
                                                 {"dry_run", given.has("--dry-run")},
                                                 {"actor", user_name()}});
    plan.is_long = true;
    plan.rejects_key = "rejected";
    return plan;
}

Result<Plan> plan_revoke(const Given& given) {
    Json body = whose(given);
    if (given.has("--dry-run")) return post("/api/v1/consents/show", body);
    const std::string channel = given.value("--channel");
    body["channel"] = channel.empty() ? "command" : channel;
    body["reason"] = given.value("--reason");
    body["artefact"] = given.value("--artefact");
    body["actor"] = user_name();
    return post("/api/v1/consents/revoke", body);
}

}  // namespace

std::vector<Command> consent_commands() {
    const Argument number = word("NUMBER", "as people write it, or in E.164");
    const Argument client =
        option("--client", "NAME", "given to this client organisation (default: to every one)");
    const Argument region =
        option("--region", "CODE", "country of numbers without a country code, as US");
    const Argument dry = flag("--dry-run", "show, change nothing");
    return {
        {"consent",
         "import",
         "add every consent of a file",
         {word("FILE", "CSV with a heading; columns: docs/guide/commands.md"), client, region, dry},
         plan_import},
        {"consent",
         "show",
         "what the person agreed to, and took back",
         {number, client, region},
         [](const Given& given) -> Result<Plan> {
             return post("/api/v1/consents/show", whose(given));
         }},
        {"consent",
         "revoke",
         "take back every consent of a number; in force when this returns",
         {number, client, region,
          option("--channel", "NAME", "web, paper, voice, api, agent, keypad (default: command)"),
          option("--reason", "TEXT", "kept with the entry"),
          option("--artefact", "TEXT", "where the proof of it is kept"), dry},
         plan_revoke},
    };
}

}  // namespace bellwether::app
