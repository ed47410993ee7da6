#include "dialer/app/commands/command_groups.h"
#include "dialer/app/handlers/router.h"

namespace bellwether::app {

namespace {

/// One row per interview on stdout, as it is in the store.
Plan plan_rows(const Given& given) {
    std::string path = path_to("campaigns", given.value("--campaign"), "answers") + "?format=csv";
    if (given.has("--client")) path += "&client=" + percent_encoded(given.value("--client"));
    Plan plan = get(path);
    plan.is_long = true;
    plan.is_text = true;
    return plan;
}

Result<Plan> plan_export(const Given& given) {
    if (!given.has("--out")) {
        const bool plain = !given.has("--format") || given.value("--format") == "csv";
        const bool as_stored = !given.has("--partials") && !given.has("--weights") &&
                               !given.has("--adults") && !given.has("--lines");
        if (plain && as_stored) return plan_rows(given);
        return fail(Errc::InvalidInput, "several files need a folder: name it with --out");
    }
    const bool weighs = given.has("--weights");
    for (const char* name : {"--missing", "--cap", "--floor"}) {
        if (given.has(name) && !weighs) {
            return fail(Errc::InvalidInput,
                        std::string{name} + " is about weights: name their margins with --weights");
        }
    }
    Json body{{"format", given.has("--format") ? given.value("--format") : "csv"},
              {"folder", absolute(given.value("--out"))},
              {"partials", given.has("--partials")}};
    if (given.has("--client")) body["client"] = given.value("--client");
    if (weighs) body["weights"] = absolute(given.value("--weights"));
    for (const char* name : {"missing", "cap", "floor", "adults", "lines"}) {
        const std::string option = std::string{"--"} + name;
        if (given.has(option)) body[name] = given.value(option);
    }
    Plan plan = post(path_to("campaigns", given.value("--campaign"), "export"), body);
    plan.is_long = true;
    return plan;
}

}  // namespace

std::vector<Command> survey_export_commands() {
    return {{"survey",
             "export",
             "a survey's data with its description, for other programs",
             {required("--campaign", "NAME", "whose interviews"),
              option("--client", "NAME", "of this client organisation alone (default: of all)"),
              option("--out", "DIR",
                     "where the files go, made if it is not there; without: rows on stdout"),
              option("--format", "FORMAT", "csv (default), triple-s, ddi, spss or paradata"),
              flag("--partials", "partial interviews too"),
              option("--weights", "FILE", "rake to the margins of a CSV: variable,category,share"),
              option("--adults", "VARIABLE", "adults in the household, for the base weight"),
              option("--lines", "VARIABLE", "numbers that reach it, for the base weight"),
              option("--missing", "HOW", "without a value: refuse (default), own-category, impute"),
              option("--cap", "N", "no weight above so many times the mean"),
              option("--floor", "N", "none below such a part of the mean")},
             plan_export}};
}

}  // namespace bellwether::app
