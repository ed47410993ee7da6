#include "compliance/zone_walk.h"

#include <gtest/gtest.h>

#include "tests/compliance/reference.h"

namespace bellwether::compliance {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const ZoneOffsets kTwoStretches{.name = "Test/Two",
                                .offsets = {{.from = utc_seconds(1000), .offset = seconds{3600}},
                                            {.from = utc_seconds(2000), .offset = seconds{7200}}}};

TEST(ZoneStretch, IsNoneBeforeTheDataBegins) {
    EXPECT_FALSE(stretch_at(kTwoStretches, utc_seconds(1000) - milliseconds{1}).has_value());
    EXPECT_FALSE(stretch_at(ZoneOffsets{}, utc_seconds(1000)).has_value());
}

TEST(ZoneStretch, BeginsAtItsOwnInstantAndEndsAtTheNext) {
    const auto first = stretch_at(kTwoStretches, utc_seconds(1000));
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->index, 0U);
    EXPECT_EQ(first->offset, seconds{3600});
    EXPECT_EQ(first->end, utc_seconds(2000));
    EXPECT_EQ(stretch_at(kTwoStretches, utc_seconds(2000) - milliseconds{1})->index, 0U);
}

TEST(ZoneStretch, TheLastOneHoldsOn) {
    const auto last = stretch_at(kTwoStretches, utc_seconds(2'000'000'000));
    ASSERT_TRUE(last.has_value());
    EXPECT_EQ(last->index, 1U);
    EXPECT_FALSE(last->end.has_value());
}

TEST(LocalTime, IsUtcPlusTheOffsetAndBack) {
    const UtcTime at = utc_seconds(1'767'571'200);
    const LocalTime local = local_time(at, seconds{-12'600});
    EXPECT_EQ(local.time_since_epoch(), seconds{1'767'571'200 - 12'600});
    EXPECT_EQ(utc_time(local, seconds{-12'600}), at);
}

}  // namespace
}  // namespace bellwether::compliance
