#pragma once

#include <filesystem>

#include "campaigns/campaign_spec.h"
#include "campaigns/form/prompt_list.h"
#include "dialer/app/problem.h"

namespace bellwether::app {

/// A questionnaire as it stands in its folder.
struct QuestionnaireFolder {
    campaigns::QuestionnaireFiles files;
    campaigns::form::Form form;
    std::vector<campaigns::form::ListedPrompt> prompts;  ///< all that the line may have to say
};

/// Reads survey.csv, choices.csv, settings.csv and quotas.csv (docs/guide/questionnaire.md), and
/// checks that every recording is there and can be played. Problems name file, row and column.
[[nodiscard]] Checked<QuestionnaireFolder> read_questionnaire_folder(
    const std::filesystem::path& folder);

/// How many questions the line may ask; 0 without a questionnaire.
[[nodiscard]] std::size_t questions_of(const campaigns::CampaignSpec& spec);
/// Can people opt out by a key at any time?
[[nodiscard]] bool has_opt_out(const campaigns::QuestionnaireFiles& files);

}  // namespace bellwether::app
