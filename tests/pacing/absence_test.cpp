#include "pacing/absence.h"

#include <gtest/gtest.h>

namespace bellwether::pacing {
namespace {

TEST(Absence, StartsWithOneInThirtyOne) { EXPECT_NEAR(absence_rate({}), 1.0 / 31, 1e-12); }

TEST(Absence, FollowsWhatAgentsDo) {
    AbsenceMemory memory;
    for (int i = 0; i < 3000; ++i) learn_absence(memory, i % 5 == 0);
    EXPECT_NEAR(absence_rate(memory), 0.2, 0.02);
    for (int i = 0; i < 3000; ++i) learn_absence(memory, false);
    EXPECT_LT(absence_rate(memory), 0.005);
}

}  // namespace
}  // namespace bellwether::pacing
