#include <algorithm>
#include <array>

#include "base/check.h"
#include "campaigns/form/expression.h"

namespace bellwether::campaigns::form {
namespace {

// In the order of the enum, so that rule_of() is an index.
constexpr std::array<FunctionRule, 47> kRules{{
    {"if", Function::If, 3, 3, false},
    {"coalesce", Function::Coalesce, 2, 2, false},
    {"once", Function::Once, 1, 1, false},
    {"selected", Function::Selected, 2, 2, false},
    {"selected-at", Function::SelectedAt, 2, 2, false},
    {"count-selected", Function::CountSelected, 1, 1, false},
    {"int", Function::Int, 1, 1, false},
    {"round", Function::Round, 1, 2, false},
    {"number", Function::Number, 1, 1, false},
    {"string", Function::String, 1, 1, false},
    {"boolean", Function::Boolean, 1, 1, false},
    {"boolean-from-string", Function::BooleanFromString, 1, 1, false},
    {"abs", Function::Abs, 1, 1, false},
    {"pow", Function::Pow, 2, 2, false},
    {"sqrt", Function::Sqrt, 1, 1, false},
    {"sum", Function::Sum, 1, kAnyArgs, true},
    {"min", Function::Min, 1, kAnyArgs, true},
    {"max", Function::Max, 1, kAnyArgs, true},
    {"count", Function::Count, 1, 1, true},
    {"count-non-empty", Function::CountNonEmpty, 1, 1, true},
    {"concat", Function::Concat, 0, kAnyArgs, false},
    {"join", Function::Join, 1, kAnyArgs, true},
    {"contains", Function::Contains, 2, 2, false},
    {"starts-with", Function::StartsWith, 2, 2, false},
    {"ends-with", Function::EndsWith, 2, 2, false},
    {"substring-before", Function::SubstringBefore, 2, 2, false},
    {"substring-after", Function::SubstringAfter, 2, 2, false},
    {"translate", Function::Translate, 3, 3, false},
    {"normalize-space", Function::NormalizeSpace, 1, 1, false},
    {"substr", Function::Substr, 2, 3, false},
    {"string-length", Function::StringLength, 1, 1, false},
    {"regex", Function::Regex, 2, 2, false},
    {"today", Function::Today, 0, 0, false},
    {"now", Function::Now, 0, 0, false},
    {"date", Function::Date, 1, 1, false},
    {"format-date", Function::FormatDate, 2, 2, false},
    {"format-date-time", Function::FormatDateTime, 2, 2, false},
    {"decimal-date-time", Function::DecimalDateTime, 1, 1, false},
    {"decimal-time", Function::DecimalTime, 1, 1, false},
    {"jr:choice-name", Function::ChoiceName, 2, 2, false},
    {"not", Function::Not, 1, 1, false},
    {"true", Function::True, 0, 0, false},
    {"false", Function::False, 0, 0, false},
    {"random", Function::Random, 0, 0, false},
    {"missing", Function::Missing, 1, 1, false},
    {"position", Function::Position, 1, 1, false},
    {"indexed-repeat", Function::IndexedRepeat, 3, kAnyArgs, true},
}};

}  // namespace

const FunctionRule* find_function(std::string_view name) {
    const auto rule = std::ranges::find(kRules, name, &FunctionRule::name);
    return rule == kRules.end() ? nullptr : &*rule;
}

const FunctionRule& rule_of(Function function) {
    const FunctionRule& rule = kRules[static_cast<std::size_t>(function)];
    BW_CHECK(rule.function == function);
    return rule;
}

}  // namespace bellwether::campaigns::form
