#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace bellwether::campaigns::import {

/// What a variable of ExpressionScript is in the sheets.
struct ScriptVariable {
    enum class Kind {
        Value,   ///< `expression` gives its value
        Chosen,  ///< `expression` holds when it is ticked: LimeSurvey's "Y"
    } kind = Kind::Value;
    std::string expression;
};

/// Looks a variable up: its name without .NAOK, .value and .code. None: it is not in the survey.
using FindVariable = std::function<std::optional<ScriptVariable>(std::string_view name)>;

/// Why an expression cannot be translated, and where.
struct ScriptFault {
    std::size_t at = 0;  ///< byte, from 0
    std::string what;
};

/// LimeSurvey's ExpressionScript as an expression of the sheets. Known are: numbers, strings,
/// variables, brackets; or and not ! || && == != < <= > >= eq ne lt le gt ge + - * /; is_empty, if,
/// sum, count, min, max, abs, round, sqrt, pow, intval, strlen, regexMatch. Everything else is a
/// fault that names it. An empty text and `1` are empty: always.
///
/// Nesting to 64 and 64 KiB, as expressions of the sheets. Pure; O(length).
/// Source: research/surveys.md 5.1; LimeSurvey manual, "ExpressionScript - Presentation".
[[nodiscard]] tl::expected<std::string, ScriptFault> translate_script(std::string_view script,
                                                                      const FindVariable& find);

/// A pattern of regexMatch() or of the column `validation`, /…/ around it, as one that the whole
/// text must match. None: it has a flag other than i or u, or is none.
[[nodiscard]] std::optional<std::string> whole_pattern(std::string_view pattern);

}  // namespace bellwether::campaigns::import
