#include "base/probability.h"

#include <gtest/gtest.h>

#include <limits>

namespace bellwether {
namespace {

TEST(Probability, HoldsNoneToAll) {
    EXPECT_EQ(Probability{}.value(), 0.0);
    EXPECT_EQ(Probability{0.03}.value(), 0.03);
    EXPECT_EQ(Probability{1.0}.value(), 1.0);
    EXPECT_LT(Probability{0.03}, Probability{0.05});
}

TEST(ProbabilityDeath, OutsideIsABug) {
    EXPECT_DEATH(Probability{-0.01}, "internal check failed");
    EXPECT_DEATH(Probability{1.01}, "internal check failed");
    EXPECT_DEATH(Probability{std::numeric_limits<double>::quiet_NaN()}, "internal check failed");
}

}  // namespace
}  // namespace bellwether
