#include <fmt/format.h>

#include "dialer/app/commands/command_groups.h"
#include "dialer/app/commands/render.h"
#include "dialer/app/handlers/router.h"

namespace bellwether::app {

namespace {

Plan report(const Given& given, const std::string& what) {
    std::string path = "/api/v1/reports/" + what;
    char separator = '?';
    if (given.has("--campaign")) {
        path += separator + ("campaign=" + percent_encoded(given.value("--campaign")));
        separator = '&';
    }
    for (const char* edge : {"--client", "--from", "--to", "--zone"}) {
        if (!given.has(edge)) continue;
        path += separator + std::string{edge + 2} + "=" + percent_encoded(given.value(edge));
        separator = '&';
    }
    if (given.has("--csv")) path += separator + std::string{"format=csv"};
    Plan plan = get(path);
    plan.is_text = given.has("--csv");
    plan.is_long = true;
    return plan;
}

Result<Plan> plan_abandonment(const Given& given) {
    Plan plan = report(given, "abandonment");
    if (!given.has("--svg")) return plan;
    if (!given.has("--campaign"))
        return fail(Errc::InvalidInput, "--svg draws one campaign: name it with --campaign");
    plan.request.target += "&format=svg";
    plan.is_text = true;
    return plan;
}

/// Rates with the decimals that are compared between surveys.
std::string show_aapor(const Json& body) {
    Json shown = body;
    for (Json& row : shown["rates"]) {
        for (auto& [key, value] : row.items()) {
            if (value.is_number()) value = fmt::format("{:.4f}", value.get<double>());
        }
    }
    return render(shown);
}

Result<Plan> plan_aapor(const Given& given) {
    Plan plan = report(given, "aapor");
    const auto add = [&](const char* name, const std::string& key, const std::string& value) {
        if (given.has(name)) plan.request.target += "&" + key + "=" + percent_encoded(value);
    };
    for (const char* name : {"--e", "--citation", "--sample"})
        add(name, name + 2, given.value(name));
    for (const char* name : {"--codes", "--dispositions"})
        add(name, name + 2, absolute(given.value(name)));
    add("--list-eligible", "list_eligible", "true");
    add("--released-only", "released", "true");
    plan.show = show_aapor;
    return plan;
}

Result<Plan> plan_journal(const Given& given) {
    Plan plan = get(given.has("--personal") ? "/api/v1/journal?personal=true" : "/api/v1/journal");
    plan.is_long = true;
    plan.is_text = true;
    return plan;
}

}  // namespace

std::vector<Command> report_commands() {
    const Argument campaign = option("--campaign", "NAME", "this one alone (default: all)");
    const Argument client =
        option("--client", "NAME", "of this client organisation alone (default: of all)");
    const Argument csv = flag("--csv", "as CSV");
    const Argument from = option("--from", "TIME", "2026-11-22, or with T14:00:00");
    const Argument to = option("--to", "TIME", "a day is included (default: now)");
    const Argument zone = option("--zone", "NAME", "whose clocks, as Europe/Berlin (default: UTC)");
    return {
        {"report",
         "outcomes",
         "how attempts ended, in all or in a time",
         {campaign, client, from, to, zone, csv},
         [](const Given& given) -> Result<Plan> { return report(given, "outcomes"); }},
        {"report",
         "abandonment",
         "people answered and not served, per legal window",
         {campaign, client, from, to, zone, csv,
          flag("--svg", "a picture of the rates against the cap; needs --campaign")},
         plan_abandonment},
        {"report",
         "agents",
         "time by state, calls and outcomes of each agent (default: today)",
         {client, from, to, zone, csv},
         [](const Given& given) -> Result<Plan> { return report(given, "agents"); }},
        {"report",
         "ledger",
         "what is billed to a client organisation: calls and agents' time by day (default: today)",
         {required("--client", "NAME", "whose ledger"), campaign, from, to, zone, csv},
         [](const Given& given) -> Result<Plan> { return report(given, "ledger"); }},
        {"report",
         "delivery",
         "proof for each contact: who heard the message or answered it, and the record of it",
         {required("--campaign", "NAME", "whose contacts"), client, csv},
         [](const Given& given) -> Result<Plan> { return report(given, "delivery"); }},
        {"report",
         "caller-ids",
         "how many pick up for each number they see (default: today)",
         {campaign, client, from, to, zone, csv},
         [](const Given& given) -> Result<Plan> { return report(given, "caller-ids"); }},
        {"report",
         "trunks",
         "answers and failures by cause of each trunk (default: today)",
         {campaign, client, from, to, zone, csv},
         [](const Given& given) -> Result<Plan> { return report(given, "trunks"); }},
        {"report",
         "quality",
         "how well calls were heard, by campaign, trunk and agent (default: today)",
         {campaign, client, from, to, zone, csv},
         [](const Given& given) -> Result<Plan> { return report(given, "quality"); }},
        {"report",
         "lists",
         "penetration of every list, by campaign and outcome",
         {campaign, client, csv},
         [](const Given& given) -> Result<Plan> { return report(given, "lists"); }},
        {"report",
         "aapor",
         "outcome codes and response rates of a survey, by the standard of the field",
         {required("--campaign", "NAME", "whose cases"), client, from, to, zone, csv,
          option("--e", "METHOD",
                 "eligible share of the unknown: proportional, two-stage, one, zero, fixed:SHARE"),
          option("--citation", "TEXT", "where a fixed share is from"),
          option("--sample", "KIND", "rdd (default), household-list or named-list"),
          flag("--list-eligible", "every person of the named list is known to be eligible"),
          flag("--released-only", "without contacts that were not taken from their list yet"),
          option("--codes", "FILE", "another edition's table of codes"),
          option("--dispositions", "FILE", "CSV disposition,aapor: the house's own codes")},
         plan_aapor},
        {"report",
         "amd",
         "what the answer detector heard, and how often it took people for machines",
         {campaign, client, csv},
         [](const Given& given) -> Result<Plan> { return report(given, "amd"); }},
        {"journal",
         "export",
         "the journal as NDJSON",
         {flag("--personal", "with keys pressed and answers (personal data)")},
         plan_journal},
    };
}

}  // namespace bellwether::app
