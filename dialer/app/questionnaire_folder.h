#pragma once

#include <filesystem>

#include "campaigns/questionnaire.h"
#include "dialer/app/problem.h"

namespace bellwether::app {

/// Reads a questionnaire from its folder: survey.csv, choices.csv and settings.csv
/// (docs/guide/questionnaire.md). Its prompts become absolute, normal paths, each checked to be a
/// WAV. Problems name file and row.
[[nodiscard]] Checked<campaigns::Questionnaire> read_questionnaire_folder(
    const std::filesystem::path& folder);

}  // namespace bellwether::app
