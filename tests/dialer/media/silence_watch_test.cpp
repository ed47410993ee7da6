#include "dialer/media/silence_watch.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace bellwether::media {
namespace {

/// The ticks in which a silence after a packet at tick 1 is too long.
template <class Before>
std::vector<std::uint64_t> told(std::uint64_t until, bool owes_media, bool suppresses,
                                Before before_tick) {
    SilenceWatch watch{100};
    watch.on_packet(1);
    std::vector<std::uint64_t> ticks;
    for (std::uint64_t tick = 2; tick <= until; ++tick) {
        before_tick(watch, tick);
        if (watch.is_too_long(tick, owes_media, suppresses)) ticks.push_back(tick);
    }
    return ticks;
}

const auto kNothing = [](SilenceWatch&, std::uint64_t) {};

TEST(SilenceWatch, TellsOnceOfEachSilence) {
    EXPECT_EQ(told(1000, true, false, kNothing), std::vector<std::uint64_t>{101});
    const auto speaks_at_300 = [](SilenceWatch& watch, std::uint64_t tick) {
        if (tick == 300) watch.on_packet(tick);
    };
    EXPECT_EQ(told(1000, true, false, speaks_at_300), (std::vector<std::uint64_t>{101, 400}));
}

TEST(SilenceWatch, NobodyOwesAPacketOnHold) {
    EXPECT_TRUE(told(100'000, false, false, kNothing).empty());
    SilenceWatch watch{100};
    watch.on_packet(1);
    for (std::uint64_t tick = 2; tick < 5000; ++tick) {
        ASSERT_FALSE(watch.is_too_long(tick, false, false));
    }
    for (std::uint64_t tick = 5000; tick < 5099; ++tick) {
        ASSERT_FALSE(watch.is_too_long(tick, true, false)) << "the clock starts anew";
    }
    EXPECT_TRUE(watch.is_too_long(5099, true, false));
}

TEST(SilenceWatch, APeerThatSuppressesSilenceIsGoneWhenItsReportsStop) {
    EXPECT_TRUE(told(100'000, true, true, kNothing).empty()) << "it never reported";
    const auto reports = [](SilenceWatch& watch, std::uint64_t tick) {
        if (tick % 250 == 0 && tick <= 5000) watch.on_report(tick);
    };
    EXPECT_EQ(told(10'000, true, true, reports), std::vector<std::uint64_t>{6250});
    EXPECT_EQ(told(10'000, true, false, reports), std::vector<std::uint64_t>{101})
        << "reports are no excuse for one that sends always";
}

}  // namespace
}  // namespace bellwether::media
