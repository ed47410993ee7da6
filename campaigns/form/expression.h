#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace re2 {
class RE2;
}

namespace bellwether::campaigns::form {

/// Index of a row in Form::rows.
using RowIndex = std::uint32_t;
inline constexpr RowIndex kNoRow = 0xFFFF'FFFF;

/// The functions of research/surveys.md 1.7, in its order.
enum class Function : std::uint8_t {
    If,
    Coalesce,
    Once,
    Selected,
    SelectedAt,
    CountSelected,
    Int,
    Round,
    Number,
    String,
    Boolean,
    BooleanFromString,
    Abs,
    Pow,
    Sqrt,
    Sum,
    Min,
    Max,
    Count,
    CountNonEmpty,
    Concat,
    Join,
    Contains,
    StartsWith,
    EndsWith,
    SubstringBefore,
    SubstringAfter,
    Translate,
    NormalizeSpace,
    Substr,
    StringLength,
    Regex,
    Today,
    Now,
    Date,
    FormatDate,
    FormatDateTime,
    DecimalDateTime,
    DecimalTime,
    ChoiceName,
    Not,
    True,
    False,
    Random,
    Missing,
    Position,
    IndexedRepeat,
};

struct FunctionRule {
    std::string_view name;
    Function function;
    std::size_t args_min;
    std::size_t args_max;
    bool takes_sets;  ///< of values from many instances
};
inline constexpr std::size_t kAnyArgs = SIZE_MAX;
/// None: no such function.
[[nodiscard]] const FunctionRule* find_function(std::string_view name);
[[nodiscard]] const FunctionRule& rule_of(Function function);

enum class Op : std::uint8_t {
    Number,
    Text,
    Own,           ///< `.`
    Parents,       ///< `..`, `../..`: `number` of them
    Reference,     ///< `${name}` with one value
    ReferenceSet,  ///< `${name}` with a value per instance (set by binding)
    RepeatSet,     ///< `${repeat}`: its instances (set by binding)
    Contact,       ///< `${contact.column}`
    Tel,           ///< `${tel.field}`
    ChoiceColumn,  ///< a bare name
    Negate,
    And,
    Or,
    Chain,  ///< operators of one level, from the left: a sign of `text` between each two args
    Call,
};

/// One node of an expression's tree.
struct Node {
    Op op = Op::Number;
    Function function = Function::If;  ///< Call
    double number = 0;                 ///< Number, Parents
    /// Text; the name of Reference, Contact, Tel, ChoiceColumn; Chain: `=`, `!`, `<`, `l` (<=),
    /// `>`, `g` (>=), `+`, `-`, `*`, `/` (div), `%` (mod)
    std::string text;
    RowIndex row = kNoRow;                    ///< of a reference and of jr:choice-name, once bound
    std::vector<std::uint32_t> args;          ///< indexes of nodes
    std::size_t at = 0;                       ///< byte of the source where it begins
    std::shared_ptr<const re2::RE2> pattern;  ///< regex() with a literal pattern
};

/// A parsed expression. Plain data.
struct Expression {
    std::string source;
    std::vector<Node> nodes;  ///< children before parents: the last is the root; empty: none given

    [[nodiscard]] bool empty() const { return nodes.empty(); }
    [[nodiscard]] const Node& root() const { return nodes.back(); }
};

struct ExpressionFault {
    std::size_t at = 0;  ///< byte of the source
    std::string what;

    friend bool operator==(const ExpressionFault&, const ExpressionFault&) = default;
};

inline constexpr std::size_t kExpressionBytesMax = 65'536;  // source: research/surveys.md 1.5
inline constexpr int kNestingMax = 64;                      // the same

/// Parses by the grammar of research/surveys.md 1.5. Names are not looked up: binding does that
/// (bind.h). O(bytes). An empty text is an error: whoever has an optional cell asks first.
[[nodiscard]] tl::expected<Expression, ExpressionFault> parse_expression(std::string_view source);

/// A pattern for regex(): the whole text must match. Null: not a regular expression that RE2 knows.
[[nodiscard]] std::shared_ptr<const re2::RE2> compile_pattern(std::string_view pattern);

}  // namespace bellwether::campaigns::form
