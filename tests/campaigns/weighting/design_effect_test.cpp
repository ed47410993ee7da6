#include "campaigns/weighting/design_effect.h"

#include <gtest/gtest.h>

#include <vector>

namespace bellwether::campaigns::weighting {
namespace {

TEST(DesignEffect, OfEqualWeightsIsOne) {
    const std::vector<double> weights{2, 2, 2, 2};
    const auto precision = precision_of(weights);
    EXPECT_DOUBLE_EQ(precision.design_effect, 1);
    EXPECT_DOUBLE_EQ(precision.effective_cases, 4);
    EXPECT_NEAR(precision.margin, 0.49, 1e-12);  // 1.96 * sqrt(0.25 / 4)
}

// By hand: n 2, sum 4, squares 10: 2 * 10 / 16.
TEST(DesignEffect, GrowsWithTheirSpread) {
    const std::vector<double> weights{1, 3};
    EXPECT_DOUBLE_EQ(precision_of(weights).design_effect, 1.25);
    EXPECT_DOUBLE_EQ(precision_of(weights).effective_cases, 1.6);
}

}  // namespace
}  // namespace bellwether::campaigns::weighting
