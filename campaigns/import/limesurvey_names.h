#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "campaigns/import/expression_script.h"
#include "campaigns/import/limesurvey_survey.h"

namespace bellwether::campaigns::import {

/// What LimeSurvey calls things, and what they are called in the sheets. Every name is given out
/// before anything is translated, because expressions and texts refer ahead, too.
class LimeNames {
public:
    explicit LimeNames(const LimeSurvey& survey);

    /// The name of the row that a question becomes; of a part of it: `part_name`.
    [[nodiscard]] const std::string& of(const LimeQuestion& question) const;
    /// @param suffix  the part's code, `other` or `comment`; with `_0`, `_1` at two scales.
    [[nodiscard]] const std::string& of(const LimeQuestion& question,
                                        const std::string& suffix) const;
    /// A name of a row that LimeSurvey has not.
    [[nodiscard]] std::string extra(std::string_view wanted) { return names_.make(wanted); }

    /// The variable of an expression: `visit`, `brands_SQ001`, `other_other`.
    [[nodiscard]] std::optional<ScriptVariable> find(std::string_view variable) const;
    /// The question of an old-style condition's field: its code, or 123X4X56.
    [[nodiscard]] std::optional<std::string> field(std::string_view field) const;

    /// A text with `{visit}` and `{TOKEN:FIRSTNAME}` as `${visit}` and `${contact.firstname}`.
    /// @param left  gets what stands in braces and could not be turned.
    [[nodiscard]] std::string text(std::string_view written, std::vector<std::string>& left) const;

private:
    void add(const LimeQuestion& question, const std::string& suffix);

    Names names_;
    std::map<std::string, std::string, std::less<>> rows_;  // variable -> row's name
    std::map<std::string, ScriptVariable, std::less<>> variables_;
    std::map<std::string, std::string, std::less<>> by_id_;
};

/// The sub-questions of a question as rows of their own (arrays), or as choices of one?
[[nodiscard]] bool has_part_rows(char type);
/// One letter; '?' if the survey gives none.
[[nodiscard]] char type_of(const LimeQuestion& question);

}  // namespace bellwether::campaigns::import
