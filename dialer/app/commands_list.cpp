#include "dialer/app/command_groups.h"
#include "dialer/app/explain_text.h"

namespace bellwether::app {

namespace {

Result<Json> column_map(const Given& given) {
    Json columns = Json::object();
    const auto found = given.values.find("--map");
    if (found == given.values.end()) return columns;
    for (const std::string& pair : found->second) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos || equals == 0) {
            return fail(Errc::InvalidInput,
                        "--map takes FIELD=HEADING, as --map phone=\"Mobile no\"");
        }
        columns[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return columns;
}

Result<Plan> plan_import(const Given& given) {
    auto columns = column_map(given);
    if (!columns) return tl::unexpected(columns.error());
    Plan plan = post(path_to("lists", given.value("--list"), "imports"),
                     {{"path", absolute(given.value("FILE"))},
                      {"client", given.value("--client")},
                      {"region", given.value("--region")},
                      {"dedupe", given.value("--dedupe")},
                      {"rejects", absolute(given.value("--rejects"))},
                      {"columns", *std::move(columns)},
                      {"dry_run", given.has("--dry-run")}});
    plan.is_long = true;
    plan.rejects_key = "rejected";
    return plan;
}

Result<Plan> plan_find(const Given& given) {
    const std::string number = given.value("NUMBER");
    if (number.empty() == !given.has("--external-id")) {
        return fail(Errc::InvalidInput, "give a NUMBER or --external-id, not both");
    }
    return post("/api/v1/leads/find", {{"number", number},
                                       {"region", given.value("--region")},
                                       {"external_id", given.value("--external-id")}});
}

Argument repeated(std::string name, std::string value, std::string help) {
    return {Argument::Kind::Repeated, std::move(name), std::move(value), std::move(help), false};
}

Argument number_word() {
    Argument argument = word("NUMBER", "as people write it, or in E.164");
    argument.required = false;
    return argument;
}

}  // namespace

std::vector<Command> list_commands() {
    const Argument region =
        option("--region", "CODE", "country of numbers without a country code, as US");
    const Argument id = word("ID", "of the lead, from 'lead find'");
    return {
        {"list",
         "import",
         "read contacts from a CSV file",
         {word("FILE", "CSV with a heading (RFC 4180)"),
          required("--list", "NAME", "list to import into; made if new"),
          option("--client", "NAME", "client organisation of a new list (default: default)"),
          region,
          option("--dedupe", "SCOPE",
                 "list, campaign or all: where a number must not stand already"),
          repeated("--map", "FIELD=HEADING", "which column is phone, external_id, first_name…"),
          option("--rejects", "FILE", "write rejected rows here, with row, column and reason"),
          flag("--dry-run", "count and reject as if, change nothing")},
         plan_import},
        {"list",
         "show",
         "every list, or one with its imports",
         {[] {
             Argument name = word("NAME", "of a list");
             name.required = false;
             return name;
         }()},
         [](const Given& given) -> Result<Plan> {
             return get(given.has("NAME") ? path_to("lists", given.value("NAME"), "")
                                          : "/api/v1/lists");
         }},
        {"list",
         "stats",
         "one list's contacts and imports",
         {word("NAME", "of the list")},
         [](const Given& given) -> Result<Plan> {
             return get(path_to("lists", given.value("NAME"), ""));
         }},

        {"lead",
         "find",
         "leads by number or by your own id",
         {number_word(), region,
          option("--external-id", "ID", "the id in the system the list came from")},
         plan_find},
        {"lead",
         "history",
         "every attempt at one lead",
         {id},
         [](const Given& given) -> Result<Plan> {
             return get(path_to("leads", given.value("ID"), "history"));
         }},
        {"lead",
         "why",
         "why a lead is not being dialed and when it will be; why it was called",
         {id},
         [](const Given& given) -> Result<Plan> {
             Plan plan = get(path_to("leads", given.value("ID"), "why"));
             plan.show = show_why;
             return plan;
         }},
    };
}

}  // namespace bellwether::app
