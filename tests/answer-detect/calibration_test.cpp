#include "answer-detect/calibration.h"

#include <gtest/gtest.h>

namespace bellwether::answer_detect {
namespace {

TEST(Calibration, LeavesLogOddsAloneUntilItIsFitted) {
    EXPECT_FLOAT_EQ(Calibration{}.apply(1.25F, 0.1), 1.25F);
    EXPECT_FLOAT_EQ(Calibration{}.apply(-3, 2.2), -3);
}

TEST(Calibration, DrawsStraightLinesBetweenItsTimes) {
    Calibration calibration;
    calibration.slope[1] = 2;  // at 1 s
    calibration.offset[1] = 0.5F;
    calibration.slope[2] = 4;  // at 1.5 s
    calibration.offset[2] = -0.5F;
    EXPECT_FLOAT_EQ(calibration.apply(1, 1.0), 2.5F);
    EXPECT_FLOAT_EQ(calibration.apply(1, 1.25), 3.0F);
    EXPECT_FLOAT_EQ(calibration.apply(1, 1.5), 3.5F);
}

TEST(Calibration, IsLevelBeforeItsFirstTimeAndAfterItsLast) {
    Calibration calibration;
    calibration.slope.front() = 3;
    calibration.slope.back() = 5;
    EXPECT_FLOAT_EQ(calibration.apply(1, -2), 3);
    EXPECT_FLOAT_EQ(calibration.apply(1, 0.2), 3);
    EXPECT_FLOAT_EQ(calibration.apply(1, 60), 5);
}

}  // namespace
}  // namespace bellwether::answer_detect
