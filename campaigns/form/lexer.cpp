#include "campaigns/form/lexer.h"

#include <algorithm>

#include "campaigns/cell_text.h"
#include "campaigns/form/values.h"

namespace bellwether::campaigns::form {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool goes_on_name(char c) { return begins_name(c) || is_digit(c) || c == '.' || c == '-'; }

class Lexer {
public:
    explicit Lexer(std::string_view source) : source_{source} {}

    tl::expected<std::vector<Token>, ExpressionFault> run() {
        while (fault_.what.empty()) {
            at_ = std::min(source_.find_first_not_of(" \t\r\n", at_), source_.size());
            if (at_ == source_.size()) {
                tokens_.push_back({.kind = TokenKind::End, .text = {}, .at = at_});
                return std::move(tokens_);
            }
            take();
        }
        return tl::unexpected{fault_};
    }

private:
    char peek(std::size_t ahead) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
    }

    void push(TokenKind kind, std::size_t length, char sign = '\0') {
        tokens_.push_back(
            {.kind = kind, .text = source_.substr(at_, length), .sign = sign, .at = at_});
        at_ += length;
    }

    void fault(std::string what) { fault_ = {.at = at_, .what = std::move(what)}; }

    void take() {
        const char c = source_[at_];
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return take_number();
        if (c == '\'' || c == '"') return take_text(c);
        if (begins_name(c)) return take_name();
        if (c == '$') return take_reference();
        take_sign(c);
    }

    void take_number() {
        std::size_t length = 0;
        while (is_digit(peek(length))) ++length;
        if (peek(length) == '.' && is_digit(peek(length + 1))) {
            ++length;
            while (is_digit(peek(length))) ++length;
        }
        push(TokenKind::Number, length);
        tokens_.back().number = text_number(tokens_.back().text);
    }

    void take_text(char quote) {
        const auto end = source_.find(quote, at_ + 1);
        if (end == std::string_view::npos) return fault("the text in quotes does not end");
        push(TokenKind::Text, end + 1 - at_);
        Token& token = tokens_.back();
        token.text = token.text.substr(1, token.text.size() - 2);
    }

    void take_name() {
        std::size_t length = 1;
        while (goes_on_name(peek(length))) ++length;
        if (peek(length) == ':' && begins_name(peek(length + 1))) {  // jr:choice-name
            ++length;
            while (goes_on_name(peek(length))) ++length;
        }
        push(TokenKind::Name, length);
    }

    void take_reference() {
        const auto end = source_.find('}', at_);
        if (peek(1) != '{' || end == std::string_view::npos) {
            return fault("a reference is written ${name}");
        }
        push(TokenKind::Reference, end + 1 - at_);
        Token& token = tokens_.back();
        token.text = trimmed(token.text.substr(2, token.text.size() - 3));
        if (token.text.empty()) {
            at_ = token.at;
            fault("a reference names nothing");
        }
    }

    void take_sign(char c) {
        const char next = peek(1);
        if (c == '!' && next == '=') return push(TokenKind::Sign, 2, '!');
        if (c == '<' && next == '=') return push(TokenKind::Sign, 2, 'l');
        if (c == '>' && next == '=') return push(TokenKind::Sign, 2, 'g');
        if (c == '.' && next == '.') return push(TokenKind::Sign, 2, ':');
        const bool up = c == '/' && !tokens_.empty() && tokens_.back().sign == ':' && next == '.';
        if (up || std::string_view{"().,+-*=<>"}.find(c) != std::string_view::npos) {
            return push(TokenKind::Sign, 1, c);
        }
        if (std::string_view{"/[]@|"}.find(c) != std::string_view::npos) {
            return fault(
                "paths, predicates and unions are not known here: refer to a question "
                "with ${name}, divide with div");
        }
        if (c == ':') return fault("axes are not known here");
        fault("this character means nothing in an expression");
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
    ExpressionFault fault_;
};

}  // namespace

tl::expected<std::vector<Token>, ExpressionFault> tokens_of(std::string_view source) {
    return Lexer{source}.run();
}

}  // namespace bellwether::campaigns::form
