// The table of functions (functions.cpp).
#include "campaigns/form/expression.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::form {
namespace {

TEST(Functions, AreFoundByName) {
    for (int i = 0; i <= static_cast<int>(Function::IndexedRepeat); ++i) {
        const FunctionRule& rule = rule_of(static_cast<Function>(i));
        EXPECT_EQ(find_function(rule.name), &rule);
    }
    EXPECT_EQ(find_function("pulldata"), nullptr);
}

}  // namespace
}  // namespace bellwether::campaigns::form
