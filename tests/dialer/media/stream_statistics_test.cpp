#include "dialer/media/stream_statistics.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

namespace bellwether::media {
namespace {

using std::chrono::microseconds;
using Verdict = StreamStatistics::Verdict;

struct Arrival {
    std::int64_t arrival_us;
    std::uint32_t timestamp;
    double jitter_us;
};
constexpr Arrival kArrivals[] = {
#include "rtp_jitter_reference.inc"
};

TEST(StreamStatistics, JitterFollowsRfc3550) {
    StreamStatistics statistics;
    statistics.restart(0);
    for (const auto& packet : kArrivals) {
        statistics.on_arrival(microseconds{packet.arrival_us}, packet.timestamp);
        EXPECT_NEAR(static_cast<double>(statistics.jitter().count()), packet.jitter_us, 1.0)
            << "at " << packet.arrival_us;
    }
}

StreamStatistics after(std::uint16_t first, const std::vector<int>& offsets) {
    StreamStatistics statistics;
    statistics.restart(first);
    for (const int offset : offsets) {
        statistics.on_packet(static_cast<std::uint16_t>(first + offset));
    }
    return statistics;
}

TEST(StreamStatistics, CountsGapsAsLostUntilTheyAreFilled) {
    EXPECT_EQ(after(10, {0, 1, 2}).lost(), 0U);
    EXPECT_EQ(after(10, {0, 2, 5}).lost(), 3U);
    EXPECT_EQ(after(10, {0, 2, 5, 1, 4}).lost(), 1U);
    EXPECT_EQ(after(10, {0, 1, 1, 1, 3}).lost(), 1U) << "duplicates do not make up for losses";
    EXPECT_EQ(after(10, {0, -2, 1}).lost(), 1U)
        << "a packet from before the first widens the range";
}

TEST(StreamStatistics, CountsAcrossTheWrapOfTheSequence) {
    EXPECT_EQ(after(65'533, {0, 1, 2, 3, 4, 6}).lost(), 1U);
}

TEST(StreamStatistics, TellsNewOldAndRepeatedPackets) {
    StreamStatistics statistics;
    statistics.restart(100);
    EXPECT_EQ(statistics.on_packet(100), Verdict::InOrder);
    EXPECT_EQ(statistics.on_packet(102), Verdict::InOrder);
    EXPECT_EQ(statistics.on_packet(101), Verdict::OutOfOrder);
    EXPECT_EQ(statistics.on_packet(101), Verdict::Duplicate);
    EXPECT_EQ(statistics.on_packet(102), Verdict::Duplicate);
    EXPECT_EQ(statistics.on_packet(2999 + 102), Verdict::InOrder)
        << "RFC 3550 A.1: below MAX_DROPOUT";
}

TEST(StreamStatistics, FollowsAJumpOnlyWhenTheNextPacketConfirmsIt) {
    StreamStatistics statistics;
    statistics.restart(100);
    statistics.on_packet(100);
    EXPECT_EQ(statistics.on_packet(30'000), Verdict::Jump);
    EXPECT_EQ(statistics.on_packet(101), Verdict::InOrder);
    EXPECT_EQ(statistics.on_packet(30'001), Verdict::Jump) << "the first jump was forgotten";
    EXPECT_EQ(statistics.on_packet(30'002), Verdict::Restarted);
    EXPECT_EQ(statistics.on_packet(30'003), Verdict::InOrder);
    EXPECT_EQ(statistics.lost(), 0U);
}

TEST(StreamStatistics, KeepsTheLossOfEarlierStreams) {
    StreamStatistics statistics;
    statistics.restart(0);
    statistics.on_packet(0);
    statistics.on_packet(4);
    statistics.restart(500);
    statistics.on_packet(500);
    statistics.on_packet(502);
    EXPECT_EQ(statistics.lost(), 4U);
}

// RFC 3550 A.3: fraction = lost in the interval / expected in it, of 256.
TEST(StreamStatistics, ReportsTheFractionLostSinceTheReportBefore) {
    auto statistics = after(0, {0, 1, 2, 4, 5, 6, 7});  // 8 expected, 7 received
    ReportBlock block;
    statistics.fill_report(block);
    EXPECT_EQ(block.fraction_lost, 32);  // 1/8 of 256
    EXPECT_EQ(block.lost, 1);
    EXPECT_EQ(block.highest_sequence, 7U);
    for (std::uint16_t sequence = 8; sequence < 16; ++sequence) statistics.on_packet(sequence);
    statistics.fill_report(block);
    EXPECT_EQ(block.fraction_lost, 0);
    EXPECT_EQ(block.lost, 1);
}

RC_GTEST_PROP(StreamStatistics, LostIsTheNumberNeverSeenWhateverTheOrder, ()) {
    const auto first = *rc::gen::arbitrary<std::uint16_t>();
    auto kept = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 60));
    std::shuffle(kept.begin(), kept.end(), std::mt19937{*rc::gen::arbitrary<unsigned>()});
    kept.insert(kept.begin(), 0);
    const std::set<int> distinct{kept.begin(), kept.end()};
    const auto expected = static_cast<std::size_t>(*distinct.rbegin() + 1) - distinct.size();
    RC_ASSERT(after(first, kept).lost() == expected);
}

}  // namespace
}  // namespace bellwether::media
