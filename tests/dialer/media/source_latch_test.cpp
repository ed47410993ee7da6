#include "dialer/media/source_latch.h"

#include <gtest/gtest.h>

namespace bellwether::media {
namespace {

using Verdict = SourceLatch::Verdict;

constexpr Endpoint kBySdp{0x0A000001, 4000};
constexpr Endpoint kBehindNat{0xC0000201, 61'000};
constexpr Endpoint kStranger{0xCB007107, 5000};

RtpHeader packet(std::uint32_t ssrc, std::uint16_t sequence) {
    return {.payload_type = 0, .marker = false, .sequence = sequence, .timestamp = 0, .ssrc = ssrc};
}

SourceLatch latch_expecting_sdp() {
    SourceLatch latch;
    latch.expect(kBySdp);
    return latch;
}

TEST(SourceLatch, SendsToTheSdpAddressUntilAPacketComes) {
    EXPECT_EQ(latch_expecting_sdp().destination(), kBySdp);
}

TEST(SourceLatch, FollowsTheFirstSource) {
    auto latch = latch_expecting_sdp();
    EXPECT_EQ(latch.on_packet(kBehindNat, packet(1, 10)), Verdict::NewStream);
    EXPECT_EQ(latch.destination(), kBehindNat);
    EXPECT_EQ(latch.on_packet(kBehindNat, packet(1, 11)), Verdict::Accept);
}

TEST(SourceLatch, RefusesEveryoneElseAfterwards) {
    auto latch = latch_expecting_sdp();
    latch.on_packet(kBySdp, packet(1, 10));
    for (std::uint16_t n = 0; n < 100; ++n) {
        EXPECT_EQ(latch.on_packet(kStranger, packet(1, n)), Verdict::Stranger);
    }
    EXPECT_EQ(latch.destination(), kBySdp);
}

TEST(SourceLatch, PrefersTheSdpAddressOnceAndForGood) {
    auto latch = latch_expecting_sdp();
    latch.on_packet(kStranger, packet(7, 10));
    EXPECT_EQ(latch.on_packet(kBySdp, packet(1, 500)), Verdict::NewStream);
    EXPECT_EQ(latch.destination(), kBySdp);
    EXPECT_EQ(latch.on_packet(kStranger, packet(7, 11)), Verdict::Stranger);
}

TEST(SourceLatch, FollowsANewSsrcAfterThreePacketsInARow) {
    auto latch = latch_expecting_sdp();
    latch.on_packet(kBySdp, packet(1, 10));
    EXPECT_EQ(latch.on_packet(kBySdp, packet(2, 900)), Verdict::Stranger);
    EXPECT_EQ(latch.on_packet(kBySdp, packet(2, 901)), Verdict::Stranger);
    EXPECT_EQ(latch.on_packet(kBySdp, packet(2, 902)), Verdict::NewStream);
    EXPECT_EQ(latch.on_packet(kBySdp, packet(2, 903)), Verdict::Accept);
    EXPECT_EQ(latch.on_packet(kBySdp, packet(1, 11)), Verdict::Stranger);
}

TEST(SourceLatch, ANewSsrcThatSkipsOrIsInterruptedDoesNotCount) {
    auto latch = latch_expecting_sdp();
    latch.on_packet(kBySdp, packet(1, 10));
    latch.on_packet(kBySdp, packet(2, 900));
    latch.on_packet(kBySdp, packet(2, 902));
    EXPECT_EQ(latch.on_packet(kBySdp, packet(2, 903)), Verdict::Stranger);
    EXPECT_EQ(latch.on_packet(kBySdp, packet(1, 11)), Verdict::Accept);
    EXPECT_EQ(latch.on_packet(kBySdp, packet(2, 904)), Verdict::Stranger);
}

TEST(SourceLatch, LearnsAnewWhenTheSdpNamesAnotherAddress) {
    auto latch = latch_expecting_sdp();
    latch.on_packet(kBehindNat, packet(1, 10));
    latch.expect(kBySdp);
    EXPECT_EQ(latch.destination(), kBehindNat) << "the same SDP changes nothing";
    latch.expect(kStranger);
    EXPECT_EQ(latch.destination(), kStranger);
    EXPECT_EQ(latch.on_packet(kBehindNat, packet(1, 11)), Verdict::NewStream);
}

}  // namespace
}  // namespace bellwether::media
