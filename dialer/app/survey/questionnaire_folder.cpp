#include "dialer/app/survey/questionnaire_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "campaigns/form/read_form.h"
#include "dialer/app/survey/questionnaire_source.h"
#include "dialer/app/survey/sound_check.h"

namespace bellwether::app {

namespace {

namespace fs = std::filesystem;

void check_recording(const QuestionnaireSource& source, const campaigns::form::ListedPrompt& prompt,
                     Problems& problems) {
    if (!prompt.text.empty()) return;  // to be spoken
    const auto sound = check_sound((source.folder / prompt.reference).lexically_normal());
    if (sound) return;
    problems.push_back(source.describe({.sheet = prompt.sheet,
                                        .row = prompt.row,
                                        .column = prompt.column,
                                        .what = "names " + sound.error().detail,
                                        .mend = {}}));
}

Checked<QuestionnaireFolder> check_source(QuestionnaireSource source) {
    Problems problems;
    auto form = campaigns::form::read_form(source.sheets);
    if (!form) {
        for (const auto& problem : form.error()) problems.push_back(source.describe(problem));
        return tl::unexpected(std::move(problems));
    }
    for (const auto& problem : quota_problems(*form)) problems.push_back(source.describe(problem));
    auto prompts = campaigns::form::list_prompts(*form);
    for (const auto& problem : prompts.problems) problems.push_back(source.describe(problem));
    for (const auto& prompt : prompts.prompts) check_recording(source, prompt, problems);
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return QuestionnaireFolder{
        .files = {.sheets = std::move(source.sheets), .folder = source.folder.string()},
        .form = *std::move(form),
        .prompts = std::move(prompts.prompts)};
}

}  // namespace

Checked<QuestionnaireFolder> read_questionnaire_folder(const fs::path& path) {
    auto source = read_questionnaire_source(path);
    if (!source) return tl::unexpected(std::move(source.error()));
    return check_source(*std::move(source));
}

Checked<QuestionnaireFolder> check_questionnaire(const campaigns::QuestionnaireFiles& files) {
    return check_source(
        {.sheets = files.sheets, .path = files.folder, .folder = files.folder, .first_rows = {}});
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
