#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "campaigns/form/form.h"
#include "campaigns/quota/plan.h"
#include "dialer/app/files/problem.h"

namespace bellwether::app {

/// A questionnaire's sheets, and where they stand: a folder of CSV sheets, an .xlsx workbook, or
/// one CSV with the sheets' names in its first column.
struct QuestionnaireSource {
    campaigns::form::FormSheets sheets;
    std::filesystem::path path;    ///< as it was given
    std::filesystem::path folder;  ///< recordings are named from here
    bool is_folder = true;
    /// One CSV: the row of the file at which each sheet begins, by "survey.csv" and so on.
    std::map<std::string, std::uint64_t, std::less<>> first_rows;

    /// Where a problem is for who wrote the file: "poll/survey.csv" and its row, or "poll.xlsx,
    /// sheet survey".
    [[nodiscard]] std::string file_of(const campaigns::SheetProblem& problem) const;
    [[nodiscard]] std::uint64_t row_of(const campaigns::SheetProblem& problem) const;
    [[nodiscard]] Problem describe(const campaigns::SheetProblem& problem) const;
};

/// A questionnaire that can be read, and where its sheets stand.
struct ReadQuestionnaire {
    QuestionnaireSource source;
    campaigns::form::Form form;
    campaigns::quota::Plan plan;
};

/// Reads the sheets; what they say is not looked at. Problems name the file.
[[nodiscard]] Checked<QuestionnaireSource> read_questionnaire_source(
    const std::filesystem::path& path);
/// What is wrong with the quotas of a questionnaire; empty: nothing, or it has none.
[[nodiscard]] std::vector<campaigns::SheetProblem> quota_problems(
    const campaigns::form::Form& form);
/// Reads the sheets, the questionnaire and the quotas in them; whether its recordings are there is
/// not looked at. Problems name file, row and column.
[[nodiscard]] Checked<ReadQuestionnaire> read_questionnaire(const std::filesystem::path& path);

}  // namespace bellwether::app
