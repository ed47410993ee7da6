#include "dialer/app/commands/command_groups.h"
#include "dialer/app/handlers/router.h"

namespace bellwether::app {

namespace {

/// Who answers for it: whoever is named, or whoever has typed it.
std::string actor(const Given& given) {
    return given.has("--by") ? given.value("--by") : user_name();
}

Plan text_of(const std::string& path) {
    Plan plan = get(path);
    plan.is_text = true;
    return plan;
}

Json person(const Given& given) {
    return {{"number", given.value("NUMBER")},
            {"region", given.value("--region")},
            {"client", given.value("--client")},
            {"actor", actor(given)}};
}

Result<Plan> plan_export(const Given& given) {
    Plan plan = post("/api/v1/audit/export", {{"out", absolute(given.value("--out"))},
                                              {"what", given.value("--what")},
                                              {"from", given.value("--from")},
                                              {"to", given.value("--to")},
                                              {"number", given.value("--number")},
                                              {"region", given.value("--region")},
                                              {"client", given.value("--client")},
                                              {"sealed", given.has("--sealed")},
                                              {"actor", actor(given)}});
    plan.is_long = true;
    return plan;
}

Result<Plan> plan_erase(const Given& given) {
    Json body = person(given);
    body["basis"] = given.value("--basis");
    return post("/api/v1/audit/erase", body);
}

Result<Plan> plan_expire(const Given& given) {
    Plan plan = post("/api/v1/audit/expire",
                     {{"keep", given.values.at("--keep")}, {"actor", actor(given)}});
    plan.is_long = true;
    return plan;
}

Result<Plan> plan_hold(const Given& given) {
    const std::string action = given.value("ACTION");
    if (action == "list") return get("/api/v1/audit/holds");
    if (action != "place" && action != "lift")
        return fail(Errc::InvalidInput, "a hold is placed, lifted or listed: place, lift or list");
    if (!given.has("--name"))
        return fail(Errc::InvalidInput, "audit hold " + action + " needs --name");
    Json body{{"hold", given.value("--name")},
              {"client", given.value("--client")},
              {"region", given.value("--region")},
              {"campaign", given.value("--campaign")},
              {"from", given.value("--from")},
              {"to", given.value("--to")},
              {"actor", actor(given)}};
    const auto numbers = given.values.find("--number");
    if (numbers != given.values.end()) body["numbers"] = numbers->second;
    return post("/api/v1/audit/holds/" + action, body);
}

}  // namespace

std::vector<Command> audit_commands() {
    const Argument client = option("--client", "NAME", "the client organisation whose records");
    const Argument region =
        option("--region", "CODE", "country of numbers without a country code, as US");
    const Argument from =
        option("--from", "TIME", "a date, or a date and time; UTC unless an offset follows");
    const Argument to = option("--to", "TIME", "likewise, not included");
    const Argument by = option("--by", "NAME", "who answers for it (default: the user)");
    return {
        {"audit",
         "export",
         "records of the evidence log with all that proves them, as a bundle",
         {required("--out", "DIR", "a new folder, or a file ending in .tar"), from, to,
          option("--what", "WHAT",
                 "all, calls, decisions, abandonment, dnc, consent, policy, lists or access"),
          option("--number", "NUMBER", "records of this person alone"), client, region,
          flag("--sealed", "add what is sealed, still sealed"), by},
         plan_export},
        {"audit",
         "verify",
         "does a bundle prove what it says? Needs no store and no service",
         {word("BUNDLE", "a folder, a .tar, or the proof of one record"),
          Argument{Argument::Kind::Repeated, "--checkpoint", "FILE",
                   "an earlier checkpoint of yours; may be repeated", false},
          option("--key", "FILE", "your copy of the public key (default: the bundle's own)")},
         [](const Given&) -> Result<Plan> {
             Plan plan;
             plan.local = Plan::Local::AuditVerify;
             return plan;
         }},
        {"audit",
         "prove",
         "one record with its proof, for audit verify",
         {word("SEQ", "its number in the log")},
         [](const Given& given) -> Result<Plan> {
             return text_of("/api/v1/audit/records/" + percent_encoded(given.value("SEQ")));
         }},
        {"audit",
         "checkpoint",
         "sign the log as it is now; keep the output where nobody here can change it",
         {},
         [](const Given&) -> Result<Plan> { return text_of("/api/v1/audit/checkpoint"); }},
        {"audit",
         "key",
         "the public key that checkpoints and bundles are signed by",
         {},
         [](const Given&) -> Result<Plan> { return text_of("/api/v1/audit/key"); }},
        {"audit",
         "status",
         "how far the log is published, and what hinders it",
         {},
         [](const Given&) -> Result<Plan> { return get("/api/v1/audit/status"); }},
        {"audit",
         "person",
         "everything that is sealed for one number, opened; the log remembers who looked",
         {word("NUMBER", "as people write it, or in E.164"), client, region, by},
         [](const Given& given) -> Result<Plan> {
             return post("/api/v1/audit/person", person(given));
         }},
        {"audit",
         "erase",
         "destroy what is sealed for one number; every proof stays valid",
         {word("NUMBER", "as people write it, or in E.164"), client, region,
          option("--basis", "WORD", "why (default: REQUEST)"), by},
         plan_erase},
        {"audit",
         "expire",
         "destroy what is sealed and older than its rule says",
         {Argument{Argument::Kind::Repeated, "--keep", "KIND=YEARS",
                   "as CALL=5, or CALL=5..8 with a limit; may be repeated", true},
          by},
         plan_expire},
        {"audit",
         "hold",
         "place, lift or list legal holds; placing and lifting need two people",
         {word("ACTION", "place, lift or list"), option("--name", "NAME", "of the hold"), client,
          Argument{Argument::Kind::Repeated, "--number", "NUMBER",
                   "one person; may be repeated (default: all that match)", false},
          region, option("--campaign", "NAME", "people called by this campaign"), from, to, by},
         plan_hold},
    };
}

}  // namespace bellwether::app
