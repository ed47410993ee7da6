#include "base/maths.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace bellwether {
namespace {

// Expected values: scripts/reference/maths.py (Python's decimal arithmetic with 200 digits).
struct Known {
    double x;
    double value;
};

void expect_relative(double (*function)(double), const std::vector<Known>& table, double error) {
    for (const auto& [x, value] : table) {
        EXPECT_NEAR(function(x), value, std::fabs(value) * error) << "at " << x;
    }
}

TEST(Maths, ExpIsThatOfTheReference) {
    expect_relative(maths::exp,
                    {
                        {-740.0, 4.2e-322},
                        {-708.5, 2.006132305331306e-308},
                        {-30.25, 7.287724095819692e-14},
                        {-1.0, 0.36787944117144233},
                        {-0.34657359027997264, 0.7071067811865476},
                        {-1e-09, 0.999999999},
                        {0.0, 1.0},
                        {1e-17, 1.0},
                        {0.1, 1.1051709180756477},
                        {0.5, 1.6487212707001282},
                        {1.0, 2.718281828459045},
                        {2.5, 12.182493960703473},
                        {10.0, 22026.465794806718},
                        {100.3, 3.628578599676532e+43},
                        {700.0, 1.0142320547350045e+304},
                    },
                    1e-15);
}

TEST(Maths, LogIsThatOfTheReference) {
    expect_relative(maths::log,
                    {
                        {1e-300, -690.7755278982137},
                        {5e-324, -744.4400719213812},
                        {0.001, -6.907755278982137},
                        {0.5, -0.6931471805599453},
                        {0.7071067811865476, -0.3465735902799726},
                        {0.999999, -1.000000500029089e-06},
                        {1.0, 0.0},
                        {1.000001, 9.999994999180668e-07},
                        {1.4142135623730951, 0.3465735902799727},
                        {1.5, 0.4054651081081644},
                        {2.0, 0.6931471805599453},
                        {10.0, 2.302585092994046},
                        {12345.678, 9.421061321291832},
                        {1e+300, 690.7755278982137},
                    },
                    1e-15);
}

TEST(Maths, LogOfOneMoreIsThatOfTheReference) {
    expect_relative(maths::log1p,
                    {
                        {-0.999, -6.907755278982136},
                        {-0.5, -0.6931471805599453},
                        {-0.001, -0.0010005003335835335},
                        {-1e-12, -1.0000000000005e-12},
                        {0.0, 0.0},
                        {1e-18, 1e-18},
                        {1e-08, 9.999999950000001e-09},
                        {0.3, 0.26236426446749106},
                        {1.0, 0.6931471805599453},
                        {50.0, 3.9318256327243257},
                    },
                    1e-15);
}

TEST(Maths, CosOfTurnsIsThatOfTheReference) {
    const std::vector<Known> table{
        {0.0, 1.0},
        {1e-06, 0.9999999999802608},
        {0.1, 0.8090169943749475},
        {0.125, 0.7071067811865476},
        {0.2, 0.30901699437494734},
        {0.25, -3.247203221812792e-191},
        {0.3, -0.30901699437494734},
        {0.4, -0.8090169943749475},
        {0.5, -1.0},
        {0.6, -0.8090169943749475},
        {0.75, -8.777773590366018e-193},
        {0.8, 0.3090169943749477},
        {0.99, 0.9980267284282716},
        {1.1, 0.8090169943749471},
        {-0.3, -0.30901699437494734},
        {7.0625, 0.9238795325112867},
    };
    for (const auto& [turns, value] : table) {
        // The argument is rounded to a double in the reference too: 1e-15 is its share and ours.
        EXPECT_NEAR(maths::cos_of_turns(turns), value, 1e-15) << "at " << turns;
    }
}

TEST(Maths, NormalDensityIsThatOfTheReference) {
    expect_relative(maths::normal_density,
                    {
                        {0.0, 0.3989422804014327},
                        {0.5, 0.35206532676429947},
                        {-1.0, 0.24197072451914334},
                        {2.5, 0.017528300493568537},
                        {6.0, 6.075882849823285e-09},
                        {12.0, 2.1463837356630605e-32},
                    },
                    1e-14);
}

TEST(Maths, NormalTailIsThatOfTheReference) {
    expect_relative(maths::normal_tail,
                    {
                        {-9.0, 1.0},
                        {-3.0, 0.9986501019683699},
                        {-1.0, 0.8413447460685429},
                        {-0.1, 0.539827837277029},
                        {0.0, 0.5},
                        {0.1, 0.460172162722971},
                        {0.24, 0.40516512830220414},
                        {0.26, 0.3974318867982395},
                        {0.75, 0.2266273523768682},
                        {1.0, 0.15865525393145705},
                        {1.96, 0.024997895148220435},
                        {3.1, 0.0009676032132183566},
                        {4.4, 5.412543907703851e-06},
                        {5.77, 3.963576626597655e-09},
                        {7.76, 4.2464692761969575e-15},
                        {8.0, 6.220960574271784e-16},
                        {9.5, 1.0494515075362608e-21},
                        {15.0, 3.670966199312751e-51},
                    },
                    1e-13);
}

TEST(Maths, EndsOfTheRange) {
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(maths::exp(800), kInfinity);
    EXPECT_EQ(maths::exp(-800), 0);
    EXPECT_EQ(maths::exp(-kInfinity), 0);
    EXPECT_EQ(maths::log(0), -kInfinity);
    EXPECT_EQ(maths::log(kInfinity), kInfinity);
    EXPECT_TRUE(std::isnan(maths::log(-1)));
    EXPECT_TRUE(std::isnan(maths::exp(std::numeric_limits<double>::quiet_NaN())));
    EXPECT_EQ(maths::log1p(-1), -kInfinity);
    EXPECT_EQ(maths::normal_tail(40), 0);
    EXPECT_EQ(maths::normal_tail(-40), 1);
}

// libm is good to about one unit in the last place: not the same bits everywhere, but a dense
// check.
TEST(Maths, AgreesWithTheSystemAllOverTheRange) {
    for (double x = -700; x < 700; x += 0.0371) {
        ASSERT_NEAR(maths::exp(x) / std::exp(x), 1, 1e-15) << x;
    }
    for (double x = 1e-9; x < 1e9; x *= 1.0137) {
        ASSERT_NEAR(maths::log(x), std::log(x), 1e-15 * std::fabs(std::log(x))) << x;
        ASSERT_NEAR(maths::log1p(x), std::log1p(x), 1e-15 * std::log1p(x)) << x;
    }
    for (double x = -8; x < 25; x += 0.0137) {
        const double tail = std::erfc(x / std::sqrt(2.0)) / 2;
        ASSERT_NEAR(maths::normal_tail(x), tail, 1e-12 * tail) << x;
    }
}

}  // namespace
}  // namespace bellwether
