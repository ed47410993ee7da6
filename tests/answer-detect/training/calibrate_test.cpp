#include "answer-detect/training/calibrate.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/rng.h"

namespace bellwether::answer_detect::training {
namespace {

// Statements that are wrong in a known way: the truth has slope 0.5 and offset 1.
std::vector<Statement> boastful(double since_s, int count) {
    Rng rng(5, "statements");
    std::vector<Statement> made;
    for (int i = 0; i < count; ++i) {
        const double x = rng.uniform(-5, 5);
        const double p = 1 / (1 + std::exp(-(0.5 * x + 1)));
        made.push_back({static_cast<float>(x), since_s, rng.uniform() < p});
    }
    return made;
}

TEST(Calibrate, FindsSlopeAndOffset) {
    const auto calibration = fit_calibration(boastful(2, 20000));
    EXPECT_NEAR(calibration.slope[3], 0.5F, 0.03F);  // 2 s
    EXPECT_NEAR(calibration.offset[3], 1.0F, 0.08F);
}

TEST(Calibrate, LeavesTimesAloneOfWhichNothingWasSaid) {
    const auto calibration = fit_calibration(boastful(2, 100));
    EXPECT_FLOAT_EQ(calibration.slope.back(), 1);
    EXPECT_FLOAT_EQ(calibration.offset.back(), 0);
}

TEST(Calibrate, MakesTheErrorSmall) {
    const auto said = boastful(2, 20000);
    EXPECT_GT(calibration_error(said, {}), 0.1);
    EXPECT_LT(calibration_error(said, fit_calibration(said)), 0.02);
    EXPECT_EQ(calibration_error({}, {}), 0);
}

// Everything right and nothing unlikely: the slope would run away without the pull.
TEST(Calibrate, StaysFiniteWhenNothingIsEverWrong) {
    std::vector<Statement> said;
    for (int i = 0; i < 100; ++i) said.push_back({i % 2 == 0 ? 3.0F : -3.0F, 1, i % 2 == 0});
    const auto calibration = fit_calibration(said);
    EXPECT_GT(calibration.slope[1], 0.1F);
    EXPECT_LT(calibration.slope[1], 20.0F);
}

// Worked by hand: 0.9 said four times, right three times; range 9 of ten.
TEST(Calibrate, CountsTheExpectedError) {
    const auto z = static_cast<float>(std::log(9.0));
    const std::vector<Statement> said = {{z, 1, true}, {z, 1, true}, {z, 1, true}, {z, 1, false}};
    EXPECT_NEAR(calibration_error(said, {}), 0.15, 1e-6);
}

}  // namespace
}  // namespace bellwether::answer_detect::training
