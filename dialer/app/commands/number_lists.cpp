#include <fmt/format.h>

#include "dialer/app/commands/command_groups.h"
#include "dialer/app/commands/number_list_plans.h"
#include "dialer/app/commands/render.h"
#include "dialer/app/files/number_list_words.h"

namespace bellwether::app {
namespace {

/// The register as a table: what fits a line; --json has the rest.
std::string show_register(const Json& body) {
    Json rows = Json::array();
    for (const Json& list : body.at("lists")) {
        rows.push_back({{"list", list.at("list")},
                        {"client", list.at("client")},
                        {"kind", list.at("kind")},
                        {"state", list.at("state")},
                        {"retrieved", list.at("retrieved")},
                        {"age_days", list.at("age_days")},
                        {"numbers", list.at("numbers")},
                        {"adds", list.at("adds")},
                        {"deletes", list.at("deletes")},
                        {"rejected", list.at("rejected")},
                        {"version", list.at("version")},
                        {"source", list.at("source")},
                        {"licence", list.at("licence")}});
    }
    if (rows.empty()) return "no list was imported: see `dnc import --format`\n";
    return render({{"lists", std::move(rows)}});
}

Result<void> check_given(const Given& given) {
    const auto need = [&](const char* option) -> Result<void> {
        if (!given.value(option).empty()) return {};
        return fail(Errc::InvalidInput, fmt::format("{} is needed with --format", option));
    };
    for (const char* option : {"--list", "--client", "--retrieved"}) {
        if (auto there = need(option); !there) return there;
    }
    if (given.has("--override-shrink") != given.has("--by")) {
        return fail(Errc::InvalidInput, "--override-shrink and --by go together: why, and who");
    }
    if (!format_from_word(given.value("--format"))) {
        return fail(Errc::InvalidInput, fmt::format("--format: \"{}\" is none of {}",
                                                    given.value("--format"), format_words()));
    }
    if (given.has("--kind") && !kind_from_word(given.value("--kind"))) {
        return fail(Errc::InvalidInput, fmt::format("--kind: \"{}\" is none of {}",
                                                    given.value("--kind"), kind_words()));
    }
    return {};
}

}  // namespace

std::vector<Argument> number_list_options() {
    return {
        option("--format", "FORMAT", "a registry's list: " + format_words()),
        option("--list", "NAME", "with --format: the list; each import is its next version"),
        option("--retrieved", "DATE", "with --format: when the registry gave it out, 2026-11-20"),
        option("--licence", "ID", "with --format: the SAN or licence it was got under"),
        option("--kind", "KIND", "with --format: " + kind_words() + " (default: the format's)"),
        option("--columns", "ORDER",
               "with --format ftc-changes: area,number,action,time in the file's order"),
        option("--rejects", "FILE",
               "with --format: write rejected rows here, with line and reason"),
        option("--override-shrink", "REASON",
               "with --format: take a list that lost more numbers than it may"),
        option("--by", "NAME", "who answers for --override-shrink"),
    };
}

Result<Plan> plan_number_list_import(const Given& given) {
    if (const auto checked = check_given(given); !checked) return tl::unexpected(checked.error());
    Json body{{"path", absolute(given.value("FILE"))},
              {"format", given.value("--format")},
              {"kind", given.value("--kind")},
              {"list", given.value("--list")},
              {"client", given.value("--client")},
              {"retrieved", given.value("--retrieved")},
              {"licence", given.value("--licence")},
              {"columns", given.value("--columns")},
              {"rejects", absolute(given.value("--rejects"))},
              {"override_reason", given.value("--override-shrink")},
              {"override_by", given.value("--by")},
              {"dry_run", given.has("--dry-run")},
              {"actor", user_name()}};
    Plan plan = post("/api/v1/number-lists/import", body);
    plan.is_long = true;
    plan.rejects_key = "rejected";
    return plan;
}

Command number_lists_command() {
    return {"dnc",
            "lists",
            "lists of registries: version in force, age, counts",
            {flag("--versions", "older versions too (with --json)"),
             option("--client", "NAME", "of this client organisation alone (default: of all)")},
            [](const Given& given) -> Result<Plan> {
                std::string path = "/api/v1/number-lists" + client_query(given);
                if (given.has("--versions"))
                    path += given.has("--client") ? "&versions=1" : "?versions=1";
                Plan plan = get(path);
                plan.show = show_register;
                return plan;
            }};
}

}  // namespace bellwether::app
