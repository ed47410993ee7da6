#include "campaigns/weighting/base_weight.h"

#include <gtest/gtest.h>

#include <limits>

namespace bellwether::campaigns::weighting {
namespace {

// Random households: scripts/reference/raking.py.
TEST(BaseWeight, IsTheInverseOfTheChance) {
    // One of 3 adults, of whom each could have been reached by 2 numbers of 1,000 drawn from 8,000.
    EXPECT_DOUBLE_EQ(base_weight({.design = 8, .adults = 3, .lines = 2}).value(), 12.0);
    EXPECT_DOUBLE_EQ(base_weight({}).value(), 1.0);
}

TEST(BaseWeight, RefusesHouseholdsWithoutPeopleOrNumbers) {
    EXPECT_FALSE(base_weight({.adults = 0}).has_value());
    EXPECT_FALSE(base_weight({.lines = 0.5}).has_value());
    EXPECT_FALSE(base_weight({.lines = std::numeric_limits<double>::quiet_NaN()}).has_value());
    EXPECT_FALSE(base_weight({.adults = std::numeric_limits<double>::infinity()}).has_value());
}

}  // namespace
}  // namespace bellwether::campaigns::weighting
