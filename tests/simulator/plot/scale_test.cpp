#include "simulator/plot/scale.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bellwether::simulator {
namespace {

TEST(Scale, MapsTheEndsAndWhatIsBetween) {
    const Scale y{0, 0.06, 300, 100};
    EXPECT_DOUBLE_EQ(y.place(0), 300);
    EXPECT_DOUBLE_EQ(y.place(0.06), 100);
    EXPECT_DOUBLE_EQ(y.place(0.03), 200);
    EXPECT_DOUBLE_EQ(y.place(0.09), 0);
    EXPECT_DOUBLE_EQ(y.clipped(0.09), 100);
    EXPECT_DOUBLE_EQ(y.clipped(-1), 300);
}

struct Axis {
    double highest;
    int most;
    std::vector<double> marks;
};

// By hand: the shortest step of 1, 2 or 5 times a power of ten that needs no more than so many.
TEST(NiceTicks, AreThoseAPersonWouldDraw) {
    const std::vector<Axis> axes{
        {1.0, 5, {0, 0.2, 0.4, 0.6, 0.8, 1.0}}, {0.06, 5, {0, 0.02, 0.04, 0.06}},
        {8, 8, {0, 1, 2, 3, 4, 5, 6, 7, 8}},    {8, 5, {0, 2, 4, 6, 8}},
        {39.6, 5, {0, 10, 20, 30, 40}},         {700, 5, {0, 200, 400, 600, 800}},
        {0, 5, {0, 0.2, 0.4, 0.6, 0.8, 1.0}},   {0.5, 8, {0, 0.1, 0.2, 0.3, 0.4, 0.5}},
    };
    for (const Axis& axis : axes) {
        const auto marks = nice_ticks(axis.highest, axis.most);
        ASSERT_EQ(marks.size(), axis.marks.size()) << axis.highest;
        for (std::size_t i = 0; i < marks.size(); ++i) {
            EXPECT_NEAR(marks[i], axis.marks[i], 1e-9) << axis.highest;
        }
    }
}

RC_GTEST_PROP(NiceTicksProperty, ReachTheHighestInNoMoreThanSoManySteps, ()) {
    const double highest = *rc::gen::inRange(1, 100'000'000) / 1e4;
    const int most = *rc::gen::inRange(1, 20);
    const auto marks = nice_ticks(highest, most);
    RC_ASSERT(marks.size() <= static_cast<std::size_t>(most) + 1);
    RC_ASSERT(marks.back() >= highest * (1 - 1e-9));
    RC_ASSERT(marks[marks.size() - 2] < highest);
}

}  // namespace
}  // namespace bellwether::simulator
