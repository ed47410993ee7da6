#include "campaigns/import/expression_script.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "campaigns/cell_text.h"
#include "campaigns/import/imported.h"

namespace bellwether::campaigns::import {
namespace {

constexpr std::size_t kBytesMax = 65'536;  // as an expression of the sheets
constexpr int kDepthMax = 64;              // the same

/// How tightly an expression of the sheets holds together: research/surveys.md 1.5.
enum class Tie { Or, And, Equality, Relation, Sum, Product, Unary, Whole };

struct Operator {
    std::string_view written;
    std::string_view sheet;
    Tie tie;
};
// Longer ones first: `<=` is not `<`.
constexpr std::array<Operator, 22> kOperators{
    {{"||", "or", Tie::Or},       {"or", "or", Tie::Or},       {"&&", "and", Tie::And},
     {"and", "and", Tie::And},    {"==", "=", Tie::Equality},  {"eq", "=", Tie::Equality},
     {"!=", "!=", Tie::Equality}, {"<>", "!=", Tie::Equality}, {"ne", "!=", Tie::Equality},
     {"<=", "<=", Tie::Relation}, {"le", "<=", Tie::Relation}, {"<", "<", Tie::Relation},
     {"lt", "<", Tie::Relation},  {">=", ">=", Tie::Relation}, {"ge", ">=", Tie::Relation},
     {">", ">", Tie::Relation},   {"gt", ">", Tie::Relation},  {"+", "+", Tie::Sum},
     {"-", "-", Tie::Sum},        {"*", "*", Tie::Product},    {"/", "div", Tie::Product},
     {"%", "mod", Tie::Product}}};

/// A part that is translated.
struct Part {
    std::string text;
    Tie tie = Tie::Whole;
    bool is_chosen = false;              // of a ScriptVariable that is Chosen
    std::optional<std::string> literal;  // the string it stands for
};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == ':';
}

std::string bracketed(const Part& part, Tie at_least) {
    return part.tie < at_least ? "(" + part.text + ")" : part.text;
}

Part negated(const Part& part) { return {.text = "not(" + part.text + ")", .literal = {}}; }

/// Does a pattern have a | outside of brackets?
bool has_alternatives(std::string_view pattern) {
    int depth = 0;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\') {
            ++i;
        } else if (pattern[i] == '(' || pattern[i] == '[') {
            ++depth;
        } else if (pattern[i] == ')' || pattern[i] == ']') {
            --depth;
        } else if (pattern[i] == '|' && depth <= 0) {
            return true;
        }
    }
    return false;
}

class Translator {
public:
    Translator(std::string_view script, const FindVariable& find) : script_{script}, find_{find} {}

    tl::expected<std::string, ScriptFault> translate() {
        if (script_.size() > kBytesMax)
            return tl::unexpected{ScriptFault{0, "is longer than an expression can be"}};
        Part part = read(Tie::Or);
        skip_blanks();
        if (!fault_ && at_ < script_.size()) set_fault("cannot stand here");
        if (fault_) return tl::unexpected{*fault_};
        return part.text;
    }

private:
    void set_fault(std::string what) {
        if (!fault_) fault_ = ScriptFault{at_, std::move(what)};
    }

    void skip_blanks() {
        while (at_ < script_.size() && std::isspace(static_cast<unsigned char>(script_[at_])) != 0)
            ++at_;
    }

    bool take(char c) {
        skip_blanks();
        if (at_ >= script_.size() || script_[at_] != c) return false;
        ++at_;
        return true;
    }

    void expect(char c) {
        if (!take(c)) set_fault(std::string{"lacks a "} + c);
    }

    std::string take_word() {
        const std::size_t start = at_;
        while (at_ < script_.size() && is_word(script_[at_])) ++at_;
        return std::string{script_.substr(start, at_ - start)};
    }

    const Operator* peek_operator() {
        skip_blanks();
        const std::string_view rest = script_.substr(at_);
        for (const Operator& op : kOperators) {
            const bool word = std::isalpha(static_cast<unsigned char>(op.written[0])) != 0;
            if (lower_case(rest.substr(0, op.written.size())) != op.written) continue;
            const bool goes_on =
                word && rest.size() > op.written.size() && is_word(rest[op.written.size()]);
            if (!goes_on) return &op;
        }
        return nullptr;
    }

    /// Everything that holds together at least as tightly as `tie`.
    Part read(Tie tie) {
        if (++depth_ > kDepthMax) set_fault("is nested too deep");
        Part left = fault_ ? Part{} : read_unary();
        while (!fault_) {
            const Operator* op = peek_operator();
            if (op == nullptr || op->tie < tie) break;
            at_ += op->written.size();
            const Part right = read(static_cast<Tie>(static_cast<int>(op->tie) + 1));
            left = join(left, *op, right);
        }
        --depth_;
        return left;
    }

    Part join(const Part& left, const Operator& op, const Part& right) {
        if (op.tie == Tie::Equality && (left.is_chosen || right.is_chosen)) {
            const Part& chosen = left.is_chosen ? left : right;
            const Part& other = left.is_chosen ? right : left;
            const bool yes = other.literal == "Y";
            if (!yes && other.literal != "" && other.literal != "N") {
                set_fault("compares a choice that can be ticked with something but \"Y\" or \"\"");
                return {};
            }
            return yes == (op.sheet == "=") ? Part{chosen.text, Tie::Whole, false, {}}
                                            : negated(chosen);
        }
        const Tie right_tie = static_cast<Tie>(static_cast<int>(op.tie) + 1);
        return {.text = bracketed(left, op.tie) + " " + std::string{op.sheet} + " " +
                        bracketed(right, right_tie),
                .tie = op.tie,
                .literal = {}};
    }

    Part read_unary() {
        skip_blanks();
        const std::string_view rest = script_.substr(at_);
        const bool word_not =
            lower_case(rest.substr(0, 3)) == "not" && rest.size() > 3 && !is_word(rest[3]);
        if (word_not || (rest.starts_with('!') && !rest.starts_with("!="))) {
            at_ += word_not ? 3 : 1;
            return negated(read(Tie::Unary));
        }
        if (rest.starts_with('-') || rest.starts_with('+')) {
            ++at_;
            const Part of = read(Tie::Unary);
            return {
                rest[0] == '-' ? "-" + bracketed(of, Tie::Unary) : of.text, Tie::Unary, false, {}};
        }
        return read_primary();
    }

    Part read_primary() {
        if (take('(')) {
            Part inside = read(Tie::Or);
            expect(')');
            return inside;  // brackets come back where they are needed
        }
        if (at_ >= script_.size()) {
            set_fault("ends too early");
            return {};
        }
        const char c = script_[at_];
        if (c == '"' || c == '\'') return read_string(c);
        if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '.') return read_number();
        if (!is_word(c)) {
            set_fault(std::string{"cannot begin with "} + c);
            return {};
        }
        const std::size_t start = at_;
        const std::string name = take_word();
        if (take('(')) return read_call(name, start);
        return read_variable(name, start);
    }

    Part read_string(char quote) {
        std::string text;
        std::size_t at = at_ + 1;
        while (at < script_.size() && script_[at] != quote) {
            const bool escaped = script_[at] == '\\' && at + 1 < script_.size() &&
                                 (script_[at + 1] == quote || script_[at + 1] == '\\');
            at += escaped ? 1 : 0;
            text += script_[at++];
        }
        if (at >= script_.size()) set_fault("has a string that does not end");
        at_ = std::min(at + 1, script_.size());
        if (text == "-oth-") text = "other";  // the choice's name in the sheets
        return {.text = literal_of(text), .literal = text};
    }

    Part read_number() {
        const std::size_t start = at_;
        const std::string word = take_word();
        const bool plain = word.find_first_not_of("0123456789.") == std::string::npos &&
                           std::ranges::count(word, '.') <= 1 && word.back() != '.';
        if (!plain) {
            at_ = start;
            set_fault("has '" + word + "', which is no number");
        }
        return {.text = word, .literal = {}};
    }

    Part read_variable(std::string name, std::size_t start) {
        for (const std::string_view suffix : {".NAOK", ".naok", ".value", ".code"}) {
            if (!name.ends_with(suffix)) continue;
            name.resize(name.size() - suffix.size());
            break;
        }
        const auto found = find_(name);
        if (!found) {
            at_ = start;
            set_fault("names '" + name + "', which is not in the survey");
            return {};
        }
        const bool chosen = found->kind == ScriptVariable::Kind::Chosen;
        return {.text = found->expression, .is_chosen = chosen, .literal = {}};
    }

    std::vector<Part> read_arguments() {
        std::vector<Part> arguments;
        if (take(')')) return arguments;
        do arguments.push_back(read(Tie::Or));
        while (!fault_ && take(','));
        expect(')');
        return arguments;
    }

    Part read_call(const std::string& name, std::size_t start) {
        const std::vector<Part> given = read_arguments();
        if (fault_) return {};
        const auto is = [&](std::string_view function, std::size_t min, std::size_t max) {
            return name == function && given.size() >= min && given.size() <= max;
        };
        if (is("is_empty", 1, 1)) {
            if (given[0].is_chosen) return negated(given[0]);
            return {bracketed(given[0], Tie::Relation) + " = ''", Tie::Equality, false, {}};
        }
        if (is("count", 1, 200)) return count_of(given);
        if (is("regexMatch", 2, 2)) return match_of(given, start);
        if (is("if", 3, 3)) return call("if", given);
        if (is("sum", 1, 200) || is("min", 1, 200) || is("max", 1, 200)) return call(name, given);
        if (is("abs", 1, 1) || is("round", 1, 2) || is("sqrt", 1, 1) || is("pow", 2, 2))
            return call(name, given);
        if (is("intval", 1, 1)) return call("int", given);
        if (is("strlen", 1, 1)) return call("string-length", given);
        at_ = start;
        set_fault("calls " + name + "() with " + std::to_string(given.size()) +
                  " arguments, which has no counterpart");
        return {};
    }

    static Part call(std::string_view name, const std::vector<Part>& given) {
        std::string text = std::string{name} + "(";
        for (std::size_t i = 0; i < given.size(); ++i) text += (i == 0 ? "" : ", ") + given[i].text;
        return {.text = text + ")", .literal = {}};
    }

    /// How many of them have an answer.
    static Part count_of(const std::vector<Part>& given) {
        std::string text;
        for (const Part& part : given) {
            const std::string answered =
                part.is_chosen ? part.text : bracketed(part, Tie::Relation) + " != ''";
            text += (text.empty() ? "" : " + ") + ("if(" + answered + ", 1, 0)");
        }
        return {text, given.size() == 1 ? Tie::Whole : Tie::Sum, false, {}};
    }

    Part match_of(const std::vector<Part>& given, std::size_t start) {
        const auto pattern = given[0].literal ? whole_pattern(*given[0].literal) : std::nullopt;
        if (!pattern) {
            at_ = start;
            set_fault("has a pattern that is not written out as /…/");
            return {};
        }
        return {.text = "regex(" + given[1].text + ", " + literal_of(*pattern) + ")",
                .literal = {}};
    }

    std::string_view script_;
    const FindVariable& find_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::optional<ScriptFault> fault_;
};

}  // namespace

tl::expected<std::string, ScriptFault> translate_script(std::string_view script,
                                                        const FindVariable& find) {
    script = trimmed(script);
    if (script.starts_with('{') && script.ends_with('}'))
        script = trimmed(script.substr(1, script.size() - 2));
    if (script.empty() || script == "1") return std::string{};
    return Translator{script, find}.translate();
}

std::optional<std::string> whole_pattern(std::string_view pattern) {
    pattern = trimmed(pattern);
    if (pattern.size() < 3) return std::nullopt;
    const char border = pattern.front();
    const auto end = pattern.rfind(border);
    if (end == 0 || is_word(border) || border == '\\') return std::nullopt;
    const std::string_view flags = pattern.substr(end + 1);
    if (flags.find_first_not_of("iu") != std::string_view::npos) return std::nullopt;
    std::string inside;
    const std::string_view written = pattern.substr(1, end - 1);
    for (std::size_t i = 0; i < written.size(); ++i) {
        const bool escaped_border =
            written[i] == '\\' && i + 1 < written.size() && written[i + 1] == border;
        if (!escaped_border) inside += written[i];
    }
    const bool from_start = inside.starts_with('^');
    const bool to_end = inside.ends_with('$') && !inside.ends_with("\\$");
    if (from_start) inside.erase(0, 1);
    if (to_end) inside.pop_back();
    if (has_alternatives(inside)) {
        if (from_start || to_end) return std::nullopt;  // ^a|b: the start is that of a alone
        inside = "(" + inside + ")";
    }
    if (!from_start) inside.insert(0, ".*");
    if (!to_end) inside += ".*";
    return flags.find('i') == std::string_view::npos ? inside : "(?i)" + inside;
}

}  // namespace bellwether::campaigns::import
