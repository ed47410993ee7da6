#include "campaigns/form/lexer.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::form {
namespace {

std::string kinds(std::string_view source) {
    const auto tokens = tokens_of(source);
    if (!tokens) return "fault at " + std::to_string(tokens.error().at);
    std::string text;
    for (const Token& token : *tokens) {
        switch (token.kind) {
            case TokenKind::Number:
                text += 'N';
                break;
            case TokenKind::Text:
                text += 'T';
                break;
            case TokenKind::Name:
                text += 'W';
                break;
            case TokenKind::Reference:
                text += 'R';
                break;
            case TokenKind::Sign:
                text += token.sign;
                break;
            case TokenKind::End:
                break;
        }
    }
    return text;
}

TEST(Lexer, TellsTokensApart) {
    EXPECT_EQ(kinds("${ a } <= .5 and . != 'x'"), "RlNW.!T");
    EXPECT_EQ(kinds("position(../..)"), "W(:/:)");
    EXPECT_EQ(kinds("jr:choice-name(${a},\"${a}\")"), "W(R,T)");
    EXPECT_EQ(kinds("a-b - 1-1"), "W-N-N");
}

TEST(Lexer, NamesThePlaceOfWhatItCannotRead) {
    EXPECT_EQ(kinds("1 + 'abc"), "fault at 4");
    EXPECT_EQ(kinds("${a"), "fault at 0");
    EXPECT_EQ(kinds("1 / 2"), "fault at 2");
    EXPECT_EQ(kinds("1 & 2"), "fault at 2");
    EXPECT_EQ(kinds("child::a"), "fault at 5");
    EXPECT_EQ(kinds("${ }"), "fault at 0");
}

}  // namespace
}  // namespace bellwether::campaigns::form
