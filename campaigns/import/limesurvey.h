#pragma once

#include <string_view>

#include "base/result.h"
#include "campaigns/import/imported.h"

namespace bellwether::campaigns::import {

/// A LimeSurvey questionnaire (tab-separated structure) as sheets: groups, questions,
/// sub-questions, answers, languages, conditions, ExpressionScript and quotas. What has no
/// counterpart is in Imported::lost with its line; an expression that cannot be translated stands
/// in its cell behind `untranslated:`, so that the sheets do not load before somebody has seen to
/// it. Pure; hostile files cost no more than others of their size.
///
/// Fails with InvalidInput if the text is no such structure.
/// Source: research/surveys.md 5.1.
[[nodiscard]] Result<Imported> import_limesurvey(std::string_view bytes);

}  // namespace bellwether::campaigns::import
