#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>

#include "campaigns/form/lint.h"
#include "campaigns/form/missing_texts.h"
#include "campaigns/form/prompt_list.h"
#include "campaigns/form/read_form.h"
#include "dialer/app/survey/sound_check.h"
#include "dialer/app/survey/survey.h"

namespace bellwether::app {

namespace {

namespace form = campaigns::form;
using campaigns::SheetProblem;

constexpr double kSecondsPerMinute = 60;

std::string sheet_name(const std::string& file) { return file.substr(0, file.rfind('.')); }

double minutes(double seconds) {
    return std::round(seconds / kSecondsPerMinute * 100) / 100;  // a hundredth: half a second
}

/// Everything lint has to say of one questionnaire.
struct Findings {
    std::vector<SheetProblem> errors;
    std::vector<SheetProblem> warnings;
    std::optional<form::LintReport> report;  ///< none: it cannot be read
    std::vector<form::MissingText> missing;
    std::vector<std::string> languages;
    std::int64_t questions = 0;
};

/// How long each recording plays; those that are not there or cannot be played are errors.
form::AudioSeconds listen(const QuestionnaireSource& source, const form::Form& read,
                          std::vector<SheetProblem>& errors) {
    form::AudioSeconds audio;
    for (const auto& prompt : form::list_prompts(read).prompts) {
        if (!prompt.text.empty()) continue;  // to be spoken
        const auto seconds = sound_seconds((source.folder / prompt.reference).lexically_normal());
        if (seconds) {
            audio[prompt.reference] = *seconds;
        } else {
            errors.push_back({.sheet = prompt.sheet,
                              .row = prompt.row,
                              .column = prompt.column,
                              .what = "names " + seconds.error().detail,
                              .mend = "add the file, or correct its name"});
        }
    }
    return audio;
}

/// Whether the problem is of a note that a full cell plays: its own condition keeps all others from
/// hearing it, and simulated interviews know no counts.
bool is_of_quota_message(const SheetProblem& problem, const form::Form& read,
                         const campaigns::quota::Plan& plan) {
    return std::ranges::any_of(plan.cells, [&](const campaigns::quota::Cell& cell) {
        return cell.message != form::kNoRow && problem.sheet == "survey.csv" &&
               problem.row == read.rows[cell.message].sheet_row &&
               (problem.column.empty() || problem.column == "relevant");
    });
}

bool same_place(const SheetProblem& a, const SheetProblem& b) {
    return a.sheet == b.sheet && a.row == b.row && a.column == b.column;
}

Findings look_at(const QuestionnaireSource& source) {
    Findings found;
    auto read = form::read_form(source.sheets);
    if (!read) {
        found.errors = std::move(read.error());
        return found;
    }
    auto plan = campaigns::quota::read_plan(*read);
    if (!plan) found.errors = std::move(plan.error());
    const auto audio = listen(source, *read, found.errors);
    found.report = form::lint(*read, audio);
    found.warnings = std::move(found.report->findings);
    if (plan) {
        std::erase_if(found.warnings, [&](const SheetProblem& warning) {
            return is_of_quota_message(warning, *read, *plan);
        });
        found.warnings.insert(found.warnings.end(), plan->notices.begin(), plan->notices.end());
    }
    std::erase_if(found.warnings, [&](const SheetProblem& warning) {
        return std::ranges::any_of(found.errors, [&](const SheetProblem& error) {
            return same_place(warning, error);  // the recording that is not there, once more
        });
    });
    found.missing = form::missing_texts(*read);
    found.languages = read->languages;
    found.questions = std::ranges::count_if(read->rows, form::is_question);
    return found;
}

Json json_of(const QuestionnaireSource& source, const std::vector<SheetProblem>& problems) {
    Json list = Json::array();
    for (const SheetProblem& problem : problems) {
        list.push_back({{"sheet", sheet_name(problem.sheet)},
                        {"row", source.row_of(problem)},
                        {"column", problem.column},
                        {"what", problem.what},
                        {"mend", problem.mend}});
    }
    return list;
}

Json json_of(const QuestionnaireSource& source, const Findings& found) {
    Json missing = Json::object();
    for (const std::string& language : found.languages) missing[language] = Json::array();
    for (const form::MissingText& text : found.missing) {
        missing[text.language].push_back(
            {{"sheet", sheet_name(text.sheet)},
             {"row", source.row_of(SheetProblem{text.sheet, text.row, {}, {}, {}})},
             {"name", text.name}});
    }
    Json body{{"questionnaire", source.path.string()},
              {"ok", found.errors.empty()},
              {"errors", json_of(source, found.errors)},
              {"warnings", json_of(source, found.warnings)},
              {"questions", found.questions},
              {"longest_path", nullptr},
              {"longest_minutes", nullptr},
              {"expected_path", nullptr},
              {"expected_minutes", nullptr},
              {"simulated", 0},
              {"missing_prompts", missing}};
    if (found.report) {
        body["longest_path"] = found.report->items_longest;
        body["longest_minutes"] = minutes(found.report->seconds_longest);
        body["expected_path"] = found.report->items_median;
        body["expected_minutes"] = minutes(found.report->seconds_median);
        body["simulated"] = found.report->simulated;
    }
    return body;
}

void print_text(const QuestionnaireSource& source, const Findings& found, std::ostream& out) {
    for (const SheetProblem& error : found.errors)
        out << "error    " << to_text(source.describe(error)) << '\n';
    for (const SheetProblem& warning : found.warnings)
        out << "warning  " << to_text(source.describe(warning)) << '\n';
    for (const form::MissingText& text : found.missing) {
        const SheetProblem place{text.sheet, text.row, {}, {}, {}};
        out << fmt::format("missing  {}:{}: {} has neither words nor a recording in {}\n",
                           source.file_of(place), source.row_of(place), text.name, text.language);
    }
    if (found.report) {
        out << fmt::format(
            "{} questions; a usual interview has {} items and takes {:.1f} min, the longest of {} "
            "simulated ones {} items and {:.1f} min\n",
            found.questions, found.report->items_median,
            found.report->seconds_median / kSecondsPerMinute, found.report->simulated,
            found.report->items_longest, found.report->seconds_longest / kSecondsPerMinute);
    }
    out << fmt::format("{} errors, {} warnings, {} texts to be translated\n", found.errors.size(),
                       found.warnings.size(), found.missing.size());
}

}  // namespace

ExitCode survey_lint(const Given& given, const Output& output) {
    const std::filesystem::path path = given.value("DIR");
    const auto source = read_questionnaire_source(path);
    if (!source) return report_unread(output, path, source.error());
    const Findings found = look_at(*source);
    if (output.json) {
        print_data(output, json_of(*source, found));
    } else {
        print_text(*source, found, output.out);
    }
    return found.errors.empty() ? ExitCode::Done : ExitCode::ValidationFailed;
}

}  // namespace bellwether::app
