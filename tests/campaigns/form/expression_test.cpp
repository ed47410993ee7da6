#include "campaigns/form/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bellwether::campaigns::form {
namespace {

std::string fault(std::string_view source) {
    const auto expression = parse_expression(source);
    if (expression) return "none";
    return std::to_string(expression.error().at) + ": " + expression.error().what;
}

std::string nested(int depth) {
    return std::string(static_cast<std::size_t>(depth), '(') + "1" +
           std::string(static_cast<std::size_t>(depth), ')');
}

using testing::HasSubstr;

TEST(Expression, SaysWhereAndWhatIsWrong) {
    EXPECT_THAT(fault("1 +"), HasSubstr("3: a value is missing"));
    EXPECT_THAT(fault("1 2"), HasSubstr("2: nothing was expected"));
    EXPECT_THAT(fault("(1"), HasSubstr("2: a closing parenthesis"));
    EXPECT_THAT(fault("selectd(${a}, 'x')"), HasSubstr("did you mean 'selected'"));
    EXPECT_THAT(fault("if(1, 2)"), HasSubstr("if() was given 2 values"));
    EXPECT_THAT(fault("regex(${a}, '(')"), HasSubstr("12: this is no regular expression"));
    EXPECT_THAT(fault("regex(${a}, '(a)\\1')"), HasSubstr("no regular expression"));
    EXPECT_THAT(fault("jr:choice-name(${a}, ${a})"), HasSubstr("in quotes"));
    EXPECT_THAT(fault("${a}/b"), HasSubstr("paths"));
    EXPECT_THAT(fault("instance('x')"), HasSubstr("no other files"));
    EXPECT_THAT(fault(""), HasSubstr("a value is missing"));
}

TEST(Expression, TakesWordOperatorsOnlyAfterAnOperand) {
    const auto expression = parse_expression("and and div");
    ASSERT_TRUE(expression.has_value());
    EXPECT_EQ(expression->root().op, Op::And);
    EXPECT_EQ(expression->nodes.front().op, Op::ChoiceColumn);
}

TEST(Expression, HasLimits) {
    EXPECT_EQ(fault(nested(64)), "none");
    EXPECT_THAT(fault(nested(65)), HasSubstr("nested deeper than 64"));
    std::string chain = "1";
    while (chain.size() < kExpressionBytesMax - 2) chain += "+1";
    EXPECT_EQ(fault(chain), "none");
    EXPECT_THAT(fault(chain + "+1+1"), HasSubstr("longer than 64 KiB"));
    EXPECT_EQ(fault(std::string(60'000, '-') + "1"), "none");
}

}  // namespace
}  // namespace bellwether::campaigns::form
