#include "campaigns/export/variable_names.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cctype>

namespace bellwether::campaigns::exports {
namespace {

TEST(VariableNames, KeepWhatWillDo) {
    VariableNames names;
    EXPECT_EQ(names.take("member1_visit2_cost"), "member1_visit2_cost");
    EXPECT_EQ(names.take("brands", "_3"), "brands_3");
}

TEST(VariableNames, AreMendedAndNumbered) {
    VariableNames names;
    EXPECT_EQ(names.take("a.b-c"), "a_b_c");
    EXPECT_EQ(names.take("_x"), "v_x");
    EXPECT_EQ(names.take("A_B_C"), "A_B_C_2") << "the same, whatever the case";
    EXPECT_EQ(names.take("and"), "and_2") << "a word of SPSS";
    EXPECT_EQ(names.take(""), "v");
    const std::string long_name(40, 'x');
    EXPECT_EQ(names.take(long_name), std::string(32, 'x'));
    EXPECT_EQ(names.take(long_name), std::string(30, 'x') + "_2");
    EXPECT_EQ(names.take(long_name, "_17"), std::string(29, 'x') + "_17");
}

RC_GTEST_PROP(VariableNamesProperty, AnyTextsGiveNamesThatProgramsTake,
              (const std::vector<std::string>& wanted)) {
    VariableNames names;
    std::vector<std::string> seen;
    for (const auto& one : wanted) {
        std::string name = names.take(one);
        RC_ASSERT(!name.empty() && name.size() <= VariableNames::kLettersMax);
        RC_ASSERT(std::isalpha(static_cast<unsigned char>(name.front())) != 0);
        std::ranges::transform(name, name.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        RC_ASSERT(std::ranges::find(seen, name) == seen.end());
        seen.push_back(name);
    }
}

}  // namespace
}  // namespace bellwether::campaigns::exports
