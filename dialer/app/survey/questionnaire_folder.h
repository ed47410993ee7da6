#pragma once

#include <filesystem>

#include "campaigns/campaign_spec.h"
#include "campaigns/form/prompt_list.h"
#include "dialer/app/files/problem.h"

namespace bellwether::app {

/// A questionnaire as it stands in its folder.
struct QuestionnaireFolder {
    campaigns::QuestionnaireFiles files;
    campaigns::form::Form form;
    std::vector<campaigns::form::ListedPrompt> prompts;  ///< all that the line may have to say
};

/// Reads a questionnaire (docs/guide/questionnaire.md) from its folder, a workbook or one CSV, and
/// checks that every recording is there and can be played. Problems name file, row and column.
[[nodiscard]] Checked<QuestionnaireFolder> read_questionnaire_folder(
    const std::filesystem::path& path);
/// The same of sheets that were read before: those that a campaign was applied with.
[[nodiscard]] Checked<QuestionnaireFolder> check_questionnaire(
    const campaigns::QuestionnaireFiles& files);

/// How many questions the line may ask; 0 without a questionnaire.
[[nodiscard]] std::size_t questions_of(const campaigns::CampaignSpec& spec);
/// Can people opt out by a key at any time?
[[nodiscard]] bool has_opt_out(const campaigns::QuestionnaireFiles& files);

}  // namespace bellwether::app
