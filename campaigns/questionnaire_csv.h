#pragma once

#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "campaigns/questionnaire.h"
#include "campaigns/sheet_problem.h"

namespace bellwether::campaigns {

/// The texts of a questionnaire's files. An absent file is an empty text: only survey.csv is
/// required.
struct QuestionnaireSheets {
    std::string_view survey;
    std::string_view choices;
    std::string_view settings;
};

/// Builds a questionnaire from an XLSForm subset in CSV.
///
/// survey.csv: `type` (`note`, `integer`, `select_one LIST`), `name`, `label`, `audio` (or
/// `media::audio`), `constraint` (`. >= N and . <= M`, or one of the two; 0 and 999999 are taken
/// for the missing side), `tel::timeout_s` (1 to 60), `tel::retries` (0 to 9), `tel::terminator` (#
/// or *). choices.csv: `list_name`, `name`, `label`, `tel::keys` (or `tel::key`; without: the name
/// if it is one key of the keypad, else the place in its list, 1 to 9). settings.csv, one row:
/// `form_title`, `form_id`, `tel::opt_out_key`, `tel::opt_out_audio`, `tel::invalid_audio`. Column
/// names and types are compared without regard to case; cells are trimmed; empty rows are passed
/// over and counted. Whatever else the files hold is a problem, so that nothing a researcher wrote
/// is silently left out. Whether the audio files exist is not looked at here.
///
/// @return the questionnaire, valid by the ranges of questionnaire.h; or every problem, in the
/// order of
///         the sheets (survey, choices, settings) and then of the rows.
[[nodiscard]] tl::expected<Questionnaire, std::vector<SheetProblem>> read_questionnaire(
    const QuestionnaireSheets& sheets);

}  // namespace bellwether::campaigns
