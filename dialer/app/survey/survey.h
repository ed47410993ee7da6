#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/form/interview.h"
#include "campaigns/quota/tally.h"
#include "dialer/app/commands/command_table.h"
#include "dialer/app/commands/run_command.h"
#include "dialer/app/files/json_text.h"
#include "dialer/app/survey/questionnaire_source.h"

namespace bellwether::app {

// `bellwether survey …` on questionnaires as files: a folder, an .xlsx workbook or one CSV. None
// needs the service or the store. Exit code 3: the questionnaire, or what it is to be taken with,
// cannot be read; every problem with its place.

/// What is wrong with a questionnaire and what will trouble people, how long it takes, and which
/// texts are missing in which language.
[[nodiscard]] ExitCode survey_lint(const Given& given, const Output& output);
/// Draws the way through a questionnaire as SVG.
[[nodiscard]] ExitCode survey_preview(const Given& given, const Output& output);
/// Takes an interview by an answer file, or with a person who types lines into `input`.
[[nodiscard]] ExitCode survey_run(int input, const Given& given, const Output& output);
/// Turns another program's questionnaire into sheets.
[[nodiscard]] ExitCode survey_import(const Given& given, const Output& output);

// --- what several of them use ---

/// Reports why a questionnaire could not be read: it is not there, or has problems.
ExitCode report_unread(const Output& output, const std::filesystem::path& path,
                       const Problems& problems);
/// The questionnaire of the argument DIR; none: the problems were reported, and `code` is set.
[[nodiscard]] std::optional<ReadQuestionnaire> questionnaire_of(const Given& given,
                                                                const Output& output,
                                                                ExitCode& code);
/// Takes the interview in the terminal: survey_run's --tty.
/// @param tally  how the cells of its quotas stand when it begins.
[[nodiscard]] ExitCode run_in_terminal(const ReadQuestionnaire& read, campaigns::quota::Tally tally,
                                       int input, const Given& given, const Output& output);
/// "path", "answers", "outcome", "aapor": what comes of an interview.
[[nodiscard]] Json interview_json(const std::vector<std::string>& path,
                                  const std::vector<campaigns::form::NamedText>& answers,
                                  const campaigns::form::InterviewEnd& end);
void print_data(const Output& output, const Json& body);

}  // namespace bellwether::app
