#include "campaigns/form/expression.h"

#include <re2/re2.h>

#include <optional>
#include <span>

#include "base/nearest_name.h"
#include "campaigns/form/lexer.h"

namespace bellwether::campaigns::form {
namespace {

constexpr std::string_view kContactPrefix = "contact.";
constexpr std::string_view kTelPrefix = "tel.";
constexpr std::int64_t kPatternBytesMax = 1 << 20;  // compiled; a hostile pattern costs no more

/// What stands between two operands of a chain, by level from the loosest; the signs of Node::text.
constexpr std::array<std::string_view, 4> kLevels{"=!", "<l>g", "+-", "*/%"};

/// Recursive descent over the tokens. Each function leaves the index of the node it made; after a
/// fault the rest is passed over quickly and thrown away.
class Parser {
public:
    explicit Parser(std::span<const Token> tokens) : tokens_{tokens} {}

    tl::expected<std::vector<Node>, ExpressionFault> run() {
        parse_or();
        if (!fault_ && token().kind != TokenKind::End) {
            report(token().at, "nothing was expected here: an operator is missing before it");
        }
        if (fault_) return tl::unexpected{*fault_};
        return std::move(nodes_);
    }

private:
    using Index = std::uint32_t;

    const Token& token() const { return tokens_[at_]; }
    bool is_sign(char sign) const {
        return token().kind == TokenKind::Sign && token().sign == sign;
    }
    bool is_word(std::string_view word) const {
        return token().kind == TokenKind::Name && token().text == word;
    }
    void advance() {
        if (token().kind != TokenKind::End) ++at_;
    }

    void report(std::size_t at, std::string what) {
        if (!fault_) fault_ = ExpressionFault{.at = at, .what = std::move(what)};
        at_ = tokens_.size() - 1;  // at End: every loop stops
    }

    Index add(Node node) {
        nodes_.push_back(std::move(node));
        return static_cast<Index>(nodes_.size() - 1);
    }

    Index parse_or() {
        return parse_words("or", Op::Or, [this] {
            return parse_words("and", Op::And, [this] { return parse_chain(0); });
        });
    }

    template <class Operand>
    Index parse_words(std::string_view word, Op op, Operand operand) {
        const std::size_t begin = token().at;
        std::vector<Index> args{operand()};
        while (is_word(word)) {
            advance();
            args.push_back(operand());
        }
        if (args.size() == 1) return args.front();
        return add({.op = op, .text = {}, .args = std::move(args), .at = begin, .pattern = {}});
    }

    /// The operator that stands here, if it belongs to the level.
    std::optional<char> operator_of(std::string_view level) const {
        char sign = token().kind == TokenKind::Sign ? token().sign : '\0';
        if (is_word("div")) sign = '/';
        if (is_word("mod")) sign = '%';
        const bool here = sign != '\0' && level.find(sign) != std::string_view::npos;
        return here ? std::optional{sign} : std::nullopt;
    }

    Index parse_chain(std::size_t level) {
        const std::size_t begin = token().at;
        const auto operand = [&] {
            return level + 1 < kLevels.size() ? parse_chain(level + 1) : parse_unary();
        };
        std::vector<Index> args{operand()};
        std::string signs;
        while (const auto sign = operator_of(kLevels[level])) {
            signs += *sign;
            advance();
            args.push_back(operand());
        }
        if (args.size() == 1) return args.front();
        return add({.op = Op::Chain,
                    .text = std::move(signs),
                    .args = std::move(args),
                    .at = begin,
                    .pattern = {}});
    }

    Index parse_unary() {
        const std::size_t begin = token().at;
        int minuses = 0;
        for (; is_sign('-'); advance()) ++minuses;
        Index index = parse_primary();
        if (minuses == 0) return index;
        index = add({.op = Op::Negate, .text = {}, .args = {index}, .at = begin, .pattern = {}});
        if (minuses % 2 == 1) return index;
        return add({.op = Op::Negate, .text = {}, .args = {index}, .at = begin, .pattern = {}});
    }

    Index leaf(Op op, std::string text, double number = 0) {
        const Index index = add(
            {.op = op, .number = number, .text = std::move(text), .at = token().at, .pattern = {}});
        advance();
        return index;
    }

    Index parse_primary() {
        switch (token().kind) {
            case TokenKind::Number:
                return leaf(Op::Number, {}, token().number);
            case TokenKind::Text:
                return leaf(Op::Text, std::string{token().text});
            case TokenKind::Reference:
                return parse_reference();
            case TokenKind::Name:
                return parse_name();
            default:
                break;
        }
        if (is_sign('.')) return leaf(Op::Own, {});
        if (is_sign(':')) return parse_parents();
        if (is_sign('(')) return parse_group();
        report(token().at, "a value is missing here");
        return 0;
    }

    Index parse_reference() {
        const std::string_view text = token().text;
        if (text.starts_with(kContactPrefix)) {
            return leaf(Op::Contact, std::string{text.substr(kContactPrefix.size())});
        }
        if (text.starts_with(kTelPrefix)) {
            return leaf(Op::Tel, std::string{text.substr(kTelPrefix.size())});
        }
        return leaf(Op::Reference, std::string{text});
    }

    Index parse_parents() {
        const Index index = leaf(Op::Parents, {}, 1);
        while (is_sign('/')) {
            advance();
            if (!is_sign(':')) {
                report(token().at, "paths are not known here: refer to a question with ${name}");
                return 0;
            }
            advance();
            nodes_[index].number += 1;
        }
        return index;
    }

    Index parse_group() {
        if (!enter()) return 0;
        advance();
        const Index index = parse_or();
        close();
        return index;
    }

    bool enter() {
        if (++depth_ <= kNestingMax) return true;
        report(token().at, "the expression is nested deeper than 64 levels");
        return false;
    }

    void close() {
        --depth_;
        if (!is_sign(')')) return report(token().at, "a closing parenthesis is missing here");
        advance();
    }

    Index parse_name() {
        const Token name = token();
        const bool call = tokens_[at_ + 1].kind == TokenKind::Sign && tokens_[at_ + 1].sign == '(';
        if (!call) return leaf(Op::ChoiceColumn, std::string{name.text});
        const FunctionRule* rule = find_function(name.text);
        if (rule == nullptr) {
            report(name.at, unknown_function(name.text));
            return 0;
        }
        advance();
        if (!enter()) return 0;
        advance();
        Node node{
            .op = Op::Call, .function = rule->function, .text = {}, .at = name.at, .pattern = {}};
        if (!is_sign(')')) node.args.push_back(parse_or());
        while (is_sign(',')) {
            advance();
            node.args.push_back(parse_or());
        }
        close();
        finish_call(node, *rule);
        return add(std::move(node));
    }

    static std::string unknown_function(std::string_view name) {
        if (name == "instance" || name == "pulldata" || name == "current") {
            return std::string{name} +
                   "() is not known here: there are no other files to look into";
        }
        std::vector<std::string_view> names;
        for (int i = 0; i <= static_cast<int>(Function::IndexedRepeat); ++i) {
            names.push_back(rule_of(static_cast<Function>(i)).name);
        }
        const auto nearest = nearest_name(name, names);
        std::string text = "there is no function '" + std::string{name.substr(0, 64)} + "'";
        if (nearest) text += ": did you mean '" + std::string{*nearest} + "'?";
        return text;
    }

    void finish_call(Node& node, const FunctionRule& rule) {
        if (fault_) return;
        if (node.args.size() < rule.args_min || node.args.size() > rule.args_max) {
            return report(node.at, std::string{rule.name} + "() was given " +
                                       std::to_string(node.args.size()) +
                                       " values, which is not how many it takes");
        }
        if (rule.function == Function::Regex) finish_regex(node);
        if (rule.function == Function::ChoiceName) finish_choice_name(node);
    }

    void finish_regex(Node& node) {
        const Node& pattern = nodes_[node.args[1]];
        if (pattern.op != Op::Text) return;
        node.pattern = compile_pattern(pattern.text);
        if (!node.pattern) {
            report(pattern.at,
                   "this is no regular expression (back-references and look-around are "
                   "not known here)");
        }
    }

    void finish_choice_name(Node& node) {
        const Node& name = nodes_[node.args[1]];
        const bool quoted =
            name.op == Op::Text && name.text.starts_with("${") && name.text.ends_with('}');
        if (!quoted) {
            return report(name.at, "jr:choice-name() takes the question in quotes: '${question}'");
        }
        node.text = name.text.substr(2, name.text.size() - 3);
    }

    std::span<const Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::vector<Node> nodes_;
    std::optional<ExpressionFault> fault_;
};

}  // namespace

tl::expected<Expression, ExpressionFault> parse_expression(std::string_view source) {
    if (source.size() > kExpressionBytesMax) {
        return tl::unexpected{
            ExpressionFault{.at = kExpressionBytesMax, .what = "it is longer than 64 KiB"}};
    }
    const auto tokens = tokens_of(source);
    if (!tokens) return tl::unexpected{tokens.error()};
    auto nodes = Parser{*tokens}.run();
    if (!nodes) return tl::unexpected{std::move(nodes.error())};
    return Expression{.source = std::string{source}, .nodes = std::move(*nodes)};
}

std::shared_ptr<const re2::RE2> compile_pattern(std::string_view pattern) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kPatternBytesMax);
    auto compiled =
        std::make_shared<const re2::RE2>(re2::StringPiece{pattern.data(), pattern.size()}, options);
    return compiled->ok() ? compiled : nullptr;
}

}  // namespace bellwether::campaigns::form
