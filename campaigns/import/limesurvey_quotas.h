#pragma once

#include <string>

#include "campaigns/import/limesurvey_names.h"

namespace bellwether::campaigns::import {

/// The quotas of a LimeSurvey questionnaire as the sheet quotas.csv; empty: none. Answers of one
/// question that belong to a quota count together, several questions have to be met at once, as in
/// LimeSurvey. There a quota counts who has finished, here a place is held during the interview
/// (mode `hard`). What cannot be a quota here goes to `made.lost`.
/// @param rows  of survey.csv: gets a note for each message, which nobody else hears.
[[nodiscard]] std::string lime_quotas(const LimeSurvey& survey, LimeNames& names, SheetRows& rows,
                                      Imported& made);

}  // namespace bellwether::campaigns::import
