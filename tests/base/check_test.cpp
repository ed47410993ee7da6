#include "base/check.h"

#include <gtest/gtest.h>

namespace bellwether {
namespace {

TEST(CheckDeath, ABrokenInvariantEndsTheProcessAndNamesItself) {
    const int agents = 2;
    EXPECT_DEATH(BW_CHECK(agents == 3),
                 "check_test.cpp:[0-9]+: internal check failed: agents == 3");
}

TEST(Check, ATrueInvariantIsEvaluatedOnce) {
    int evaluated = 0;
    BW_CHECK(++evaluated == 1);
    EXPECT_EQ(evaluated, 1);
}

TEST(Check, IsOneStatement) {
    bool reached = false;
    if (reached)
        BW_CHECK(false);
    else
        reached = true;
    EXPECT_TRUE(reached);
}

}  // namespace
}  // namespace bellwether
