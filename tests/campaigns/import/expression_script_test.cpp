#include "campaigns/import/expression_script.h"

#include <gtest/gtest.h>

#include "campaigns/form/expression.h"

namespace bellwether::campaigns::import {
namespace {

std::optional<ScriptVariable> find(std::string_view name) {
    if (name == "age" || name == "visit") return ScriptVariable{{}, "${" + std::string{name} + "}"};
    if (name == "brands_A")
        return ScriptVariable{ScriptVariable::Kind::Chosen, "selected(${brands}, 'A')"};
    return std::nullopt;
}

/// The translation, or "!" and why not.
std::string translated(std::string_view script) {
    const auto made = translate_script(script, find);
    if (!made) return "! " + std::to_string(made.error().at) + " " + made.error().what;
    EXPECT_TRUE(made->empty() || form::parse_expression(*made)) << *made;
    return *made;
}

struct Translation {
    const char* name;
    const char* script;
    const char* expression;
};
void PrintTo(const Translation& row, std::ostream* out) { *out << row.name; }

class ExpressionScriptTable : public testing::TestWithParam<Translation> {};

TEST_P(ExpressionScriptTable, IsTranslated) {
    EXPECT_EQ(translated(GetParam().script), GetParam().expression);
}

INSTANTIATE_TEST_SUITE_P(
    ByHand, ExpressionScriptTable,
    testing::Values(
        Translation{"Empty", " ", ""}, Translation{"One", "1", ""},
        Translation{"Braces", "{visit == 1}", "${visit} = 1"},
        Translation{"Naok", "visit.NAOK == \"Y\"", "${visit} = 'Y'"},
        Translation{"Words", "age ge 18 and not (age gt 65)", "${age} >= 18 and not(${age} > 65)"},
        Translation{"Signs", "age >= 18 && !(age > 65)", "${age} >= 18 and not(${age} > 65)"},
        Translation{"OrInAnd", "(age < 5 or age > 9) and visit != 'N'",
                    "(${age} < 5 or ${age} > 9) and ${visit} != 'N'"},
        Translation{"Sums", "age - (1 - 2) * 3 / 4", "${age} - (1 - 2) * 3 div 4"},
        Translation{"Empties", "is_empty(age) || !is_empty(visit)",
                    "${age} = '' or not(${visit} = '')"},
        Translation{"Ticked", "brands_A.NAOK == \"Y\" and brands_A != \"\"",
                    "selected(${brands}, 'A') and selected(${brands}, 'A')"},
        Translation{"NotTicked", "brands_A == '' or is_empty(brands_A)",
                    "not(selected(${brands}, 'A')) or not(selected(${brands}, 'A'))"},
        Translation{"Functions", "if(sum(age, 1) > max(2, 3), strlen(visit), intval(-age))",
                    "if(sum(${age}, 1) > max(2, 3), string-length(${visit}), int(-${age}))"},
        Translation{"Counts", "count(age, brands_A) >= 1",
                    "if(${age} != '', 1, 0) + if(selected(${brands}, 'A'), 1, 0) >= 1"},
        Translation{"Patterns", "regexMatch('/^[0-9]{4}$/', visit)", "regex(${visit}, '[0-9]{4}')"},
        Translation{"Other", "visit == '-oth-'", "${visit} = 'other'"},
        Translation{"Escapes", "visit == \"a\\\"b\"", "${visit} = 'a\"b'"}),
    [](const auto& row) { return row.param.name; });

TEST(ExpressionScript, NamesWhatHasNoCounterpartAndWhere) {
    EXPECT_EQ(translated("age > 1 and nobody == 2"),
              "! 12 names 'nobody', which is not in the survey");
    EXPECT_EQ(translated("rand(1, 2)"),
              "! 0 calls rand() with 2 arguments, which has no counterpart");
    EXPECT_EQ(translated("age = 1"), "! 4 cannot stand here");
    EXPECT_EQ(translated("(age"), "! 4 lacks a )");
    EXPECT_EQ(translated("age +"), "! 5 ends too early");
    EXPECT_EQ(translated("'x"), "! 0 has a string that does not end");
    EXPECT_EQ(translated("1e3 == age"), "! 0 has '1e3', which is no number");
    EXPECT_EQ(translated("brands_A == age").substr(0, 2), "! ");
}

TEST(ExpressionScript, BearsDeepNesting) {
    EXPECT_EQ(translated(std::string(10'000, '(')).substr(0, 2), "! ");
    EXPECT_EQ(translated(std::string(10'000, '!') + "age").substr(0, 2), "! ");
    EXPECT_EQ(translated(std::string(70'000, ' ') + std::string(70'000, 'x')).substr(0, 3), "! 0");
}

TEST(WholePattern, AnchorsWhatIsSearchedAnywhere) {
    EXPECT_EQ(whole_pattern("/^a+$/"), "a+");
    EXPECT_EQ(whole_pattern("/a+/i"), "(?i).*a+.*");
    EXPECT_EQ(whole_pattern("#^a/b|c#"), std::nullopt);
    EXPECT_EQ(whole_pattern("/^(a|b)$/"), "(a|b)");
    EXPECT_EQ(whole_pattern("/a|b/"), ".*(a|b).*");
    EXPECT_EQ(whole_pattern("/a\\/b\\$/"), ".*a/b\\$.*");
    EXPECT_EQ(whole_pattern("abc"), std::nullopt);
    EXPECT_EQ(whole_pattern("/a/e"), std::nullopt);
}

}  // namespace
}  // namespace bellwether::campaigns::import
