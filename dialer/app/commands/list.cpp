#include "dialer/app/commands/command_groups.h"
#include "dialer/app/commands/explain_text.h"

namespace bellwether::app {

namespace {

/// Adds `columns` and `map`, by what --map was given: FIELD=HEADING, or the name of a mapping.
Result<void> add_maps(const Given& given, Json& body) {
    body["columns"] = Json::object();
    const auto found = given.values.find("--map");
    if (found == given.values.end()) return {};
    for (const std::string& word : found->second) {
        const auto equals = word.find('=');
        if (equals == 0) {
            return fail(Errc::InvalidInput,
                        "--map takes FIELD=HEADING, as --map phone=\"Mobile no\", or a name");
        }
        if (equals == std::string::npos && body.contains("map"))
            return fail(Errc::InvalidInput, "--map takes one mapping by name, not two");
        if (equals == std::string::npos) {
            body["map"] = word;
        } else {
            body["columns"][word.substr(0, equals)] = word.substr(equals + 1);
        }
    }
    return {};
}

/// How the file is to be read, as list_layout_json.h has it.
Result<Json> layout_of(const Given& given) {
    Json body{{"delimiter", given.value("--delimiter")},
              {"encoding", given.value("--encoding")},
              {"region", given.value("--region")}};
    if (given.has("--no-heading")) body["heading"] = false;
    if (auto added = add_maps(given, body); !added) return tl::unexpected(added.error());
    return body;
}

Result<Plan> plan_import(const Given& given) {
    auto body = layout_of(given);
    if (!body) return tl::unexpected(body.error());
    body->update({{"path", absolute(given.value("FILE"))},
                  {"client", given.value("--client")},
                  {"dedupe", given.value("--dedupe")},
                  {"rejects", absolute(given.value("--rejects"))},
                  {"dry_run", given.has("--dry-run")}});
    Plan plan = post(path_to("lists", given.value("--list"), "imports"), *body);
    plan.is_long = true;
    plan.rejects_key = "rejected";
    return plan;
}

Result<Plan> plan_undo(const Given& given) {
    Plan plan = post(path_to("imports", given.value("IMPORT_ID"), "undo"),
                     {{"dry_run", given.has("--dry-run")}, {"actor", user_name()}});
    plan.is_long = true;
    return plan;
}

Result<Plan> plan_save_map(const Given& given) {
    auto body = layout_of(given);
    if (!body) return tl::unexpected(body.error());
    if (body->contains("map")) {
        return fail(Errc::InvalidInput, "a mapping is made of FIELD=HEADING: it holds no other");
    }
    return post(path_to("list-maps", given.value("NAME"), ""), *body);
}

Result<Plan> plan_reset(const Given& given) {
    Json body{{"campaign", given.value("--campaign")},
              {"dry_run", given.has("--dry-run")},
              {"actor", user_name()}};
    const auto outcomes = given.values.find("--outcome");
    if (outcomes != given.values.end()) body["outcomes"] = outcomes->second;
    Plan plan = post(path_to("lists", given.value("NAME"), "reset"), body);
    plan.is_long = true;
    return plan;
}

Result<Json> lead_columns(const Given& given) {
    Json columns = Json::object();
    const auto found = given.values.find("--column");
    if (found == given.values.end()) return columns;
    for (const std::string& pair : found->second) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(Errc::InvalidInput, "--column takes NAME=VALUE, as --column state=NY");
        columns[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
    return columns;
}

Result<Plan> plan_add(const Given& given) {
    const auto phones = given.values.find("--phone");
    if (phones == given.values.end())
        return fail(Errc::InvalidInput, "a lead needs a number: --phone +12025550101");
    auto columns = lead_columns(given);
    if (!columns) return tl::unexpected(columns.error());
    Json body{{"list", given.value("--list")},
              {"numbers", phones->second},
              {"region", given.value("--region")},
              {"external_id", given.value("--external-id")},
              {"first_name", given.value("--first-name")},
              {"last_name", given.value("--last-name")},
              {"language", given.value("--language")},
              {"columns", *std::move(columns)}};
    if (given.has("--priority")) {
        const auto priority = Json::parse(given.value("--priority"), nullptr, false);
        if (!priority.is_number_integer())
            return fail(Errc::InvalidInput, "--priority takes a whole number from 0 to 99");
        body["priority"] = priority;
    }
    return post("/api/v1/leads", body);
}

Result<Plan> plan_find(const Given& given) {
    const std::string number = given.value("NUMBER");
    if (number.empty() == !given.has("--external-id")) {
        return fail(Errc::InvalidInput, "give a NUMBER or --external-id, not both");
    }
    return post("/api/v1/leads/find", {{"number", number},
                                       {"region", given.value("--region")},
                                       {"external_id", given.value("--external-id")},
                                       {"client", given.value("--client")}});
}

Result<Plan> plan_notes(const Given& given) {
    Json body{{"text", given.value("TEXT")},
              {"client", given.value("--client")},
              {"campaign", given.value("--campaign")}};
    if (given.has("--limit")) {
        const auto limit = Json::parse(given.value("--limit"), nullptr, false);
        if (!limit.is_number_integer())
            return fail(Errc::InvalidInput, "--limit takes a whole number, as --limit 20");
        body["limit"] = limit;
    }
    return post("/api/v1/leads/notes/search", body);
}

Argument repeated(std::string name, std::string value, std::string help) {
    return {Argument::Kind::Repeated, std::move(name), std::move(value), std::move(help), false};
}

Argument number_word() {
    Argument argument = word("NUMBER", "as people write it, or in E.164");
    argument.required = false;
    return argument;
}

/// How a file is to be read.
std::vector<Argument> layout_arguments() {
    return {
        repeated("--map", "FIELD=HEADING",
                 "which column is phone, phone2, external_id, first_name…; or a saved mapping's "
                 "name, or vicidial"),
        option("--delimiter", "NAME", "comma, semicolon, tab or pipe (default: found)"),
        option("--encoding", "NAME", "utf-8, latin-1 or windows-1252 (default: utf-8)"),
        flag("--no-heading", "the first row is a contact: map columns by number"),
        option("--region", "CODE", "country of numbers without a country code, as US")};
}

std::vector<Argument> with_layout(std::vector<Argument> arguments) {
    for (Argument& argument : layout_arguments()) arguments.push_back(std::move(argument));
    return arguments;
}

std::vector<Command> map_commands() {
    return {{"list map", "save", "keep a mapping under a name",
             with_layout({word("NAME", "of the mapping")}), plan_save_map},
            {"list map",
             "show",
             "one mapping",
             {word("NAME", "of the mapping")},
             [](const Given& given) -> Result<Plan> {
                 return get(path_to("list-maps", given.value("NAME"), ""));
             }},
            {"list map", "list", "every mapping", {}, [](const Given&) -> Result<Plan> {
                 return get("/api/v1/list-maps");
             }}};
}

}  // namespace

std::vector<Command> list_commands() {
    const Argument region =
        option("--region", "CODE", "country of numbers without a country code, as US");
    const Argument client =
        option("--client", "NAME", "of this client organisation alone (default: of all)");
    const Argument id = word("ID", "of the lead, from 'lead find'");
    std::vector<Command> all{
        {"list", "import", "read contacts from a CSV file",
         with_layout(
             {word("FILE", "CSV with a heading (RFC 4180)"),
              required("--list", "NAME", "list to import into; made if new"),
              option("--client", "NAME", "client organisation of a new list (default: default)"),
              option("--dedupe", "SCOPE",
                     "list, campaign or all: where a number must not stand already"),
              option("--rejects", "FILE", "write rejected rows here, with row, column and reason"),
              flag("--dry-run", "count and reject as if, change nothing")}),
         plan_import},
        {"list",
         "undo",
         "take an import back: contacts never dialed are taken out",
         {word("IMPORT_ID", "from 'list show NAME'"), flag("--dry-run", "count, change nothing")},
         plan_undo},
        {"list",
         "show",
         "every list, or one with its imports",
         {[] {
              Argument name = word("NAME", "of a list");
              name.required = false;
              return name;
          }(),
          client},
         [](const Given& given) -> Result<Plan> {
             return get(
                 (given.has("NAME") ? path_to("lists", given.value("NAME"), "") : "/api/v1/lists") +
                 client_query(given));
         }},
        {"list",
         "stats",
         "penetration of a list by campaign: tried, finished, left, and how it ended",
         {word("NAME", "of the list")},
         [](const Given& given) -> Result<Plan> {
             Plan plan = get(path_to("lists", given.value("NAME"), "stats"));
             plan.is_long = true;
             return plan;
         }},
        {"list",
         "reset",
         "dial again who was not reached; --dry-run shows what is left first",
         {word("NAME", "of the list"), option("--campaign", "NAME", "of this one alone"),
          repeated("--outcome", "OUTCOME",
                   "dial those again who ended so (default: everyone not reached)"),
          flag("--dry-run", "show what is left and who would be dialed again, by outcome")},
         plan_reset},
        {"lead",
         "add",
         "add one lead to a list that may be dialing",
         {required("--list", "NAME", "of the list"),
          repeated("--phone", "NUMBER", "or TYPE:NUMBER, as mobile:+12025550101; tried in order"),
          option("--priority", "0-99", "the higher, the sooner (default: 0)"), region,
          option("--external-id", "ID", "your own id"), option("--first-name", "NAME", ""),
          option("--last-name", "NAME", ""), option("--language", "CODE", ""),
          repeated("--column", "NAME=VALUE", "any other column, as state=NY")},
         plan_add},

        {"lead",
         "find",
         "leads by number or by your own id",
         {number_word(), region,
          option("--external-id", "ID", "the id in the system the list came from"), client},
         plan_find},
        {"lead",
         "history",
         "every attempt at one lead",
         {id, client},
         [](const Given& given) -> Result<Plan> {
             return get(path_to("leads", given.value("ID"), "history") + client_query(given));
         }},
        {"lead",
         "why",
         "why a lead is not being dialed and when it will be; why it was called",
         {id, client},
         [](const Given& given) -> Result<Plan> {
             Plan plan = get(path_to("leads", given.value("ID"), "why") + client_query(given));
             plan.show = show_why;
             return plan;
         }},
    };
    all.push_back({"lead notes",
                   "search",
                   "what agents noted of the same problem before, and how it came out",
                   {word("TEXT", "words of the notes; the last may be the beginning of one"),
                    required("--client", "NAME", "whose calls: a search is of one organisation"),
                    option("--campaign", "NAME", "of this one alone (default: all of the client)"),
                    option("--limit", "N", "how many at most, 1 to 200 (default: 20)")},
                   plan_notes});
    for (Command& command : map_commands()) all.push_back(std::move(command));
    return all;
}

}  // namespace bellwether::app
