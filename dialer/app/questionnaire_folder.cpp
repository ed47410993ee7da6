#include "dialer/app/questionnaire_folder.h"

#include <fmt/format.h>

#include <algorithm>

#include <string>
#include <utility>

#include "campaigns/form/read_form.h"
#include "campaigns/quota/plan.h"
#include "dialer/app/read_file.h"
#include "dialer/app/sound_check.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;

/// A questionnaire by telephone has tens of rows; this is thousands.
constexpr std::size_t kSheetBytesMax = std::size_t{1} << 20;

/// A sheet's text; an absent one is empty if it may be absent.
std::string read_sheet(const fs::path& file, bool required, Problems& problems) {
    auto text = read_file(file, kSheetBytesMax);
    if (text) return *std::move(text);
    const bool absent = text.error().code == Errc::NotFound;
    if (required || !absent) problems.push_back({file.string(), 0, text.error().detail});
    return {};
}

Problem to_problem(const fs::path& folder, const campaigns::SheetProblem& problem) {
    std::string text = problem.column.empty()
                           ? problem.what
                           : fmt::format("column {}: {}", problem.column, problem.what);
    if (!problem.mend.empty()) text += "; " + problem.mend;
    return {(folder / problem.sheet).string(), static_cast<int>(problem.row), std::move(text)};
}

void check_recording(const fs::path& folder, const campaigns::form::ListedPrompt& prompt,
                     Problems& problems) {
    if (!prompt.text.empty()) return;  // to be spoken
    const auto sound = check_sound((folder / prompt.reference).lexically_normal());
    if (sound) return;
    problems.push_back({(folder / prompt.sheet).string(), static_cast<int>(prompt.row),
                        fmt::format("column {}: names {}", prompt.column, sound.error().detail)});
}

}  // namespace

Checked<QuestionnaireFolder> read_questionnaire_folder(const fs::path& folder) {
    Problems problems;
    QuestionnaireFolder read{.files = {.sheets = {}, .folder = folder.string()}};
    read.files.sheets = {read_sheet(folder / "survey.csv", true, problems),
                         read_sheet(folder / "choices.csv", false, problems),
                         read_sheet(folder / "settings.csv", false, problems),
                         read_sheet(folder / "quotas.csv", false, problems)};
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    auto form = campaigns::form::read_form(read.files.sheets);
    if (!form) {
        for (const auto& problem : form.error()) problems.push_back(to_problem(folder, problem));
        return tl::unexpected(std::move(problems));
    }
    read.form = *std::move(form);
    const auto plan = campaigns::quota::read_plan(read.form);
    if (!plan) {
        for (const auto& problem : plan.error()) problems.push_back(to_problem(folder, problem));
    }
    auto prompts = campaigns::form::list_prompts(read.form);
    for (const auto& problem : prompts.problems) problems.push_back(to_problem(folder, problem));
    for (const auto& prompt : prompts.prompts) check_recording(folder, prompt, problems);
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    read.prompts = std::move(prompts.prompts);
    return read;
}

std::size_t questions_of(const campaigns::CampaignSpec& spec) {
    if (!spec.questionnaire) return 0;
    const auto form = campaigns::form::read_form(spec.questionnaire->sheets);
    if (!form) return 0;
    return static_cast<std::size_t>(
        std::ranges::count_if(form->rows, campaigns::form::is_question));
}

bool has_opt_out(const campaigns::QuestionnaireFiles& files) {
    const auto form = campaigns::form::read_form(files.sheets);
    return form && std::ranges::any_of(form->commands, [](const auto& keys) {
               return keys.command == campaigns::form::Command::OptOut;
           });
}

}  // namespace bellwether::app
