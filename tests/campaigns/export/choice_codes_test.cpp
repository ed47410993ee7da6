#include "campaigns/export/choice_codes.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::exports {
namespace {

form::Choice choice(const std::string& name, const std::string& code = {},
                    const std::string& missing = {}) {
    return {.name = name,
            .label = {name + "!"},
            .audio = {},
            .columns = {},
            .key = {},
            .code = code,
            .missing = missing};
}

std::vector<std::int64_t> codes_of(const std::vector<form::Choice>& choices) {
    const auto categories = categories_of({"l", choices}, 1);
    std::vector<std::int64_t> codes;
    if (!categories) return codes;
    for (const auto& category : *categories) codes.push_back(category.code);
    return codes;
}

using Codes = std::vector<std::int64_t>;

// research/surveys.md 5.3: tel::code, else names that are numbers, else the order of the sheet.
TEST(ChoiceCodes, ComeFromTheColumnTheNamesOrTheOrder) {
    EXPECT_EQ(codes_of({choice("a", "10"), choice("b", "0")}), (Codes{10, 0, -7, -8, -9}));
    EXPECT_EQ(codes_of({choice("5"), choice("3")}), (Codes{5, 3, -7, -8, -9}));
    EXPECT_EQ(codes_of({choice("a"), choice("b")}), (Codes{1, 2, -7, -8, -9}));
    EXPECT_EQ(codes_of({choice("1"), choice("01")}), (Codes{1, 2, -7, -8, -9})) << "01 is a name";
}

TEST(ChoiceCodes, AChoiceThatIsNonresponseLendsItsLabel) {
    const auto categories = categories_of({"l", {choice("a"), choice("idk", "", "dk")}}, 1);
    ASSERT_TRUE(categories.has_value());
    ASSERT_EQ(categories->size(), 4U);
    EXPECT_EQ((*categories)[2].code, kDontKnow);
    EXPECT_EQ((*categories)[2].choice_name, "idk");
    EXPECT_EQ((*categories)[2].labels.at(0), "idk!");
    EXPECT_TRUE((*categories)[2].is_missing);
}

TEST(ChoiceCodes, FaultyColumnsAreNamed) {
    const auto some = categories_of({"l", {choice("a", "1"), choice("b")}}, 1);
    ASSERT_FALSE(some.has_value());
    EXPECT_NE(some.error().at(0).find("list l: choice \"b\" has no code"), std::string::npos);
    const auto twice = categories_of({"l", {choice("a", "1"), choice("b", "1")}}, 1);
    ASSERT_FALSE(twice.has_value());
    EXPECT_NE(twice.error().at(0).find("the code 1 is there twice"), std::string::npos);
    EXPECT_FALSE(categories_of({"l", {choice("a", "-3")}}, 1).has_value());
    EXPECT_FALSE(categories_of({"l", {choice("a", "1234567890")}}, 1).has_value());
}

}  // namespace
}  // namespace bellwether::campaigns::exports
