#include "dialer/app/survey/questionnaire_source.h"

#include <fmt/format.h>

#include <utility>

#include "campaigns/cell_text.h"
#include "campaigns/form/layout.h"
#include "campaigns/form/read_form.h"
#include "dialer/app/files/read_file.h"
#include "dialer/app/survey/workbook.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;

/// A questionnaire by telephone has tens of rows; this is thousands.
constexpr std::size_t kSheetBytesMax = std::size_t{1} << 20;
constexpr std::size_t kOneFileBytesMax = 4 * kSheetBytesMax;

tl::unexpected<Problems> no_source(const fs::path& path, std::string text) {
    return tl::unexpected(Problems{{path.string(), 0, std::move(text)}});
}

Checked<QuestionnaireSource> read_folder(QuestionnaireSource source) {
    Problems problems;
    const auto read = [&](const char* name, bool required) -> std::string {
        const fs::path file = source.folder / name;
        auto text = read_file(file, kSheetBytesMax);
        if (text) return *std::move(text);
        const bool absent = text.error().code == Errc::NotFound;
        if (required || !absent) problems.push_back({file.string(), 0, text.error().detail});
        return {};
    };
    source.sheets = {read("survey.csv", true), read("choices.csv", false),
                     read("settings.csv", false), read("quotas.csv", false)};
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return source;
}

/// Moves the sheets in by their names; the largest each may be is that of a file in a folder.
template <class Sheets, class TextOf>
Checked<QuestionnaireSource> take_sheets(QuestionnaireSource source, Sheets& sheets,
                                         const TextOf& text_of, std::string_view mend) {
    if (!sheets.contains("survey"))
        return no_source(source.path, fmt::format("has no sheet 'survey': {}", mend));
    for (const auto& [name, text] :
         {std::pair{"survey", &source.sheets.survey}, std::pair{"choices", &source.sheets.choices},
          std::pair{"settings", &source.sheets.settings},
          std::pair{"quotas", &source.sheets.quotas}}) {
        const auto sheet = sheets.find(name);
        if (sheet == sheets.end()) continue;
        *text = std::move(text_of(sheet->second));
        if (text->size() <= kSheetBytesMax) continue;
        return no_source(source.path, fmt::format("its sheet '{}' is larger than {} bytes", name,
                                                  kSheetBytesMax));
    }
    return source;
}

Checked<QuestionnaireSource> read_xlsx(QuestionnaireSource source) {
    auto workbook = read_workbook(source.path);
    if (!workbook) return no_source(source.path, workbook.error().detail);
    return take_sheets(
        std::move(source), *workbook, [](std::string& text) -> std::string& { return text; },
        "give one sheet of the workbook this name");
}

Checked<QuestionnaireSource> read_one_csv(QuestionnaireSource source) {
    const auto text = read_file(source.path, kOneFileBytesMax);
    if (!text) return no_source(source.path, text.error().detail);
    auto parts = campaigns::form::split_sheets(*text);
    for (const auto& [name, part] : parts) {
        if (name.ends_with(' ')) {
            return no_source(source.path, fmt::format("the sheet '{}' begins twice, again in row "
                                                      "{}: put its rows together",
                                                      campaigns::trimmed(name), part.first_row));
        }
        source.first_rows[name + ".csv"] = part.first_row;
    }
    return take_sheets(
        std::move(source), parts,
        [](campaigns::form::SheetPart& part) -> std::string& { return part.csv; },
        "write the names of the sheets into the first column, or give the folder of survey.csv");
}

}  // namespace

std::string QuestionnaireSource::file_of(const campaigns::SheetProblem& problem) const {
    if (is_folder) return (folder / problem.sheet).string();
    const auto name = problem.sheet.substr(0, problem.sheet.rfind('.'));
    return fmt::format("{}, sheet {}", path.string(), name);
}

std::uint64_t QuestionnaireSource::row_of(const campaigns::SheetProblem& problem) const {
    const auto first = first_rows.find(problem.sheet);
    if (first == first_rows.end() || problem.row == 0) return problem.row;
    return problem.row + first->second - 1;
}

Problem QuestionnaireSource::describe(const campaigns::SheetProblem& problem) const {
    std::string text = problem.column.empty()
                           ? problem.what
                           : fmt::format("column {}: {}", problem.column, problem.what);
    if (!problem.mend.empty()) text += "; " + problem.mend;
    return {file_of(problem), static_cast<int>(row_of(problem)), std::move(text)};
}

Checked<QuestionnaireSource> read_questionnaire_source(const fs::path& path) {
    std::error_code ignored;
    QuestionnaireSource source{.sheets = {}, .path = path, .folder = path, .first_rows = {}};
    if (fs::is_directory(path, ignored)) return read_folder(std::move(source));
    const auto extension = campaigns::lower_case(path.extension().string());
    if (extension != ".xlsx" && extension != ".csv" && !fs::exists(path, ignored))
        return no_source(path,
                         "is not there; give the folder of survey.csv, or a .xlsx or .csv file");
    source.folder = path.parent_path();
    source.is_folder = false;
    if (extension == ".xlsx") return read_xlsx(std::move(source));
    if (extension == ".csv") return read_one_csv(std::move(source));
    return no_source(path,
                     "is neither a folder with survey.csv nor a file that ends in .xlsx or .csv");
}

std::vector<campaigns::SheetProblem> quota_problems(const campaigns::form::Form& form) {
    auto plan = campaigns::quota::read_plan(form);
    return plan ? std::vector<campaigns::SheetProblem>{} : std::move(plan.error());
}

Checked<ReadQuestionnaire> read_questionnaire(const fs::path& path) {
    auto source = read_questionnaire_source(path);
    if (!source) return tl::unexpected(std::move(source.error()));
    const auto described = [&](const std::vector<campaigns::SheetProblem>& found) {
        Problems problems;
        for (const auto& problem : found) problems.push_back(source->describe(problem));
        return tl::unexpected(std::move(problems));
    };
    auto form = campaigns::form::read_form(source->sheets);
    if (!form) return described(form.error());
    auto plan = campaigns::quota::read_plan(*form);
    if (!plan) return described(plan.error());
    return ReadQuestionnaire{*std::move(source), *std::move(form), *std::move(plan)};
}

}  // namespace bellwether::app
