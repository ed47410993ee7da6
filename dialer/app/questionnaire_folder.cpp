#include "dialer/app/questionnaire_folder.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "campaigns/questionnaire_csv.h"
#include "dialer/app/read_file.h"
#include "dialer/app/wav_check.h"

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

/// Makes a prompt's path absolute and checks the file behind it.
void settle_prompt(const fs::path& folder, const std::string& question, std::string& prompt,
                   Problems& problems) {
    if (prompt.empty()) return;
    const fs::path file = (folder / prompt).lexically_normal();
    if (const auto wav = check_wav(file); !wav) {
        problems.push_back({(folder / "survey.csv").string(), 0,
                            fmt::format("{}: {}", question, wav.error().detail)});
    }
    prompt = file.string();
}

void settle_prompts(const fs::path& folder, campaigns::Questionnaire& questionnaire,
                    Problems& problems) {
    for (auto& question : questionnaire.questions) {
        settle_prompt(folder, question.name, question.prompt, problems);
    }
    if (questionnaire.invalid_prompt) {
        settle_prompt(folder, "tel::invalid_audio", *questionnaire.invalid_prompt, problems);
    }
    if (questionnaire.opt_out_prompt) {
        settle_prompt(folder, "tel::opt_out_audio", *questionnaire.opt_out_prompt, problems);
    }
}

}  // namespace

Checked<campaigns::Questionnaire> read_questionnaire_folder(const fs::path& folder) {
    Problems problems;
    const std::string survey = read_sheet(folder / "survey.csv", true, problems);
    const std::string choices = read_sheet(folder / "choices.csv", false, problems);
    const std::string settings = read_sheet(folder / "settings.csv", false, problems);
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    auto questionnaire = campaigns::read_questionnaire({survey, choices, settings});
    if (!questionnaire) {
        for (const auto& problem : questionnaire.error())
            problems.push_back(to_problem(folder, problem));
        return tl::unexpected(std::move(problems));
    }
    settle_prompts(folder, *questionnaire, problems);
    if (!problems.empty()) return tl::unexpected(std::move(problems));
    return *std::move(questionnaire);
}

}  // namespace bellwether::app
