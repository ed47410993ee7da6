#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "campaigns/form/expression.h"

namespace bellwether::campaigns::form {

enum class TokenKind {
    Number,
    Text,       ///< a literal without its quotes
    Name,       ///< a function, a choice column, or a word operator
    Reference,  ///< `${…}`: what stands between the braces, trimmed
    Sign,       ///< one of ( ) , . .. + - * = ! < l > g and /, which only follows ..
    End,
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text;  ///< a view into the source; Sign: its first byte says which, see `sign`
    char sign = '\0';       ///< Sign: as in Node::text; ':' for `..`
    double number = 0;
    std::size_t at = 0;
};

/// Cuts an expression into tokens; the last is End. Or what cannot begin one, and where.
[[nodiscard]] tl::expected<std::vector<Token>, ExpressionFault> tokens_of(std::string_view source);

}  // namespace bellwether::campaigns::form
