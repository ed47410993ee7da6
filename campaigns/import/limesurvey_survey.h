#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "campaigns/import/imported.h"

namespace bellwether::campaigns::import {

// A LimeSurvey questionnaire as its tab-separated structure gives it: what belongs together stands
// together, languages side by side. Source: research/surveys.md 5.1.

using LimeTexts = std::map<std::string, std::string, std::less<>>;  ///< by language

/// One row, and those that say the same in other languages.
struct LimeItem {
    std::uint64_t line = 0;
    std::string name;
    std::string scale;  ///< the column type/scale
    std::map<std::string, std::string, std::less<>>
        cells;  ///< by column, lower case; base language
    LimeTexts text;
    LimeTexts help;

    /// A cell; empty if there is none.
    [[nodiscard]] const std::string& cell(std::string_view column) const;
};

struct LimeQuestion : LimeItem {
    std::vector<LimeItem> parts;  ///< sub-questions
    std::vector<LimeItem> answers;
    std::vector<LimeItem> conditions;  ///< of old style (class C)
    std::vector<LimeItem> quota_members;
};

struct LimeGroup : LimeItem {
    std::vector<LimeQuestion> questions;
};

struct LimeSurvey {
    std::string language = "en";         ///< the base language
    std::vector<std::string> languages;  ///< base language first
    std::string id;
    LimeTexts title;
    LimeTexts welcome;
    LimeTexts thanks;
    std::vector<LimeGroup> groups;
    std::vector<LimeItem> quotas;  ///< with their messages as texts
};

/// Sorts the rows of a tab-separated structure out. Rows of a class that is not known, and those
/// without a place, go to `made.lost`.
/// Fails with InvalidInput if the text cannot be read or has no column `class`.
[[nodiscard]] Result<LimeSurvey> read_lime_survey(std::string_view bytes, Imported& made);

}  // namespace bellwether::campaigns::import
