#include "dialer/sip/glare.h"

#include <gtest/gtest.h>

namespace bellwether::sip {
namespace {

using namespace std::chrono_literals;

// Expected values: RFC 3261 §14.1, "between 2.1 and 4 seconds in units of 10 ms" and "between 0 and
// 2 seconds in units of 10 ms", by hand.
TEST(GlareWait, TheOwnerOfTheCallIdWaitsLonger) {
    EXPECT_EQ(glare_wait(true, 0), 2'100ms);
    EXPECT_EQ(glare_wait(true, 1), 2'110ms);
    EXPECT_EQ(glare_wait(true, 190), 4'000ms);
    EXPECT_EQ(glare_wait(true, 191), 2'100ms);
    EXPECT_EQ(glare_wait(false, 0), 0ms);
    EXPECT_EQ(glare_wait(false, 1), 10ms);
    EXPECT_EQ(glare_wait(false, 200), 2'000ms);
    EXPECT_EQ(glare_wait(false, 201), 0ms);
}

TEST(GlareWait, TheTwoSidesNeverWaitEquallyLong) {
    for (std::uint32_t draw = 0; draw < 1'000; ++draw)
        EXPECT_GT(glare_wait(true, draw), glare_wait(false, 4'294'967'295U - draw));
}

}  // namespace
}  // namespace bellwether::sip
