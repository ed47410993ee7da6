#include "dialer/media/rtp_packet.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

#include "dialer/media/rtcp_packet.h"

namespace bellwether::media {
namespace {

using Octets = std::vector<std::uint8_t>;

// Written by hand after the picture in RFC 3550 §5.1.
const Octets kPlain = {0x80, 0x88, 0x12, 0x34, 0, 0, 0, 160, 0xDE, 0xAD, 0xBE, 0xEF, 1, 2, 3};

TEST(RtpPacket, ReadsTheFixedHeader) {
    const auto packet = parse_rtp(kPlain);
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->header, (RtpHeader{8, true, 0x1234, 160, 0xDEADBEEF}));
    EXPECT_EQ(Octets(packet->payload.begin(), packet->payload.end()), (Octets{1, 2, 3}));
}

TEST(RtpPacket, SkipsSourcesExtensionAndPadding) {
    Octets datagram = kPlain;
    datagram[0] = 0x80 | 0x20 | 0x10 | 2;  // padding, extension, two CSRCs
    const Octets insert = {0, 0, 0, 1, 0, 0, 0, 2, 0xBE, 0xDE, 0, 1, 9, 9, 9, 9};
    datagram.insert(datagram.begin() + 12, insert.begin(), insert.end());
    datagram.insert(datagram.end(), {0, 0, 3});
    const auto packet = parse_rtp(datagram);
    ASSERT_TRUE(packet);
    EXPECT_EQ(Octets(packet->payload.begin(), packet->payload.end()), (Octets{1, 2, 3}));
}

struct Malformed {
    const char* name;
    Octets datagram;
    friend void PrintTo(const Malformed& row, std::ostream* out) { *out << row.name; }
};

class MalformedRtp : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedRtp, IsRefused) { EXPECT_FALSE(parse_rtp(GetParam().datagram)); }

Octets header_with(std::uint8_t first, std::size_t size) {
    Octets datagram(size, 0);
    if (size > 0) datagram[0] = first;
    return datagram;
}

Octets with_last(Octets datagram, std::uint8_t last) {
    datagram.back() = last;
    return datagram;
}

Octets with_extension_words(std::uint16_t words) {
    Octets datagram = header_with(0x90, 20);
    datagram[14] = static_cast<std::uint8_t>(words >> 8);
    datagram[15] = static_cast<std::uint8_t>(words & 0xFF);
    return datagram;
}

INSTANTIATE_TEST_SUITE_P(
    Corpus, MalformedRtp,
    testing::Values(Malformed{"Empty", {}}, Malformed{"OneOctet", {0x80}},
                    Malformed{"ElevenOctets", header_with(0x80, 11)},
                    Malformed{"VersionZero", header_with(0x00, 172)},
                    Malformed{"VersionOne", header_with(0x40, 172)},
                    Malformed{"VersionThree", header_with(0xC0, 172)},
                    Malformed{"SourcesBeyondTheEnd", header_with(0x8F, 40)},
                    Malformed{"ExtensionWithoutHeader", header_with(0x90, 14)},
                    Malformed{"ExtensionBeyondTheEnd", with_extension_words(2)},
                    Malformed{"ExtensionOfMaximumLength", with_extension_words(65'535)},
                    Malformed{"PaddingOfNothing", header_with(0xA0, 12)},
                    Malformed{"PaddingOfZero", header_with(0xA0, 20)},
                    Malformed{"PaddingBeyondThePayload", with_last(header_with(0xA0, 20), 9)}),
    [](const auto& row) { return row.param.name; });

RC_GTEST_PROP(RtpPacket, AnyHeaderWrittenReadsBack, ()) {
    const RtpHeader header{static_cast<std::uint8_t>(*rc::gen::inRange(0, 128)),
                           *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<std::uint16_t>(),
                           *rc::gen::arbitrary<std::uint32_t>(),
                           *rc::gen::arbitrary<std::uint32_t>()};
    std::array<std::uint8_t, kRtpHeaderSize> written{};
    write_rtp_header(header, written);
    const auto packet = parse_rtp(written);
    RC_ASSERT(packet.has_value());
    RC_ASSERT(packet->header == header);
    RC_ASSERT(packet->payload.empty());
}

RC_GTEST_PROP(RtpPacket, AnyOctetsAreReadWithoutHarm, ()) {
    const auto octets = *rc::gen::arbitrary<Octets>();
    const auto packet = parse_rtp(octets);
    if (packet) RC_ASSERT(packet->payload.size() + kRtpHeaderSize <= octets.size());
    (void)parse_rtcp(octets, 1);
}

// Laid out by hand after the picture in RFC 4733 §2.3.
TEST(TelephoneEventPayload, ReadsTheFourOctets) {
    const auto event = parse_telephone_event(Octets{9, 0x07, 0x03, 0x20});
    ASSERT_TRUE(event);
    EXPECT_EQ(*event, (TelephoneEvent{9, false, 7, 800}));
    EXPECT_FALSE(parse_telephone_event(Octets{9, 7, 3}));
}

TEST(TelephoneEventPayload, KeysFollowTheEventCodes) {
    EXPECT_EQ(key_of_event(0), '0');
    EXPECT_EQ(key_of_event(10), '*');
    EXPECT_EQ(key_of_event(11), '#');
    EXPECT_EQ(key_of_event(15), 'D');
    EXPECT_EQ(key_of_event(16), std::nullopt);  // flash
    EXPECT_EQ(event_of_key('d'), 15);
    EXPECT_EQ(event_of_key('x'), std::nullopt);
}

// A sender report with one block, laid out by hand after RFC 3550 §6.4.1.
const Octets kSenderReport = {0x81, 200,  0,    12,   0,    0,    0,    7,     // ssrc 7
                              0xE8, 0x4F, 0x12, 0x34, 0x80, 0,    0,    0,     // NTP
                              0,    0,    0x10, 0,    0,    0,    0,    5,     // timestamp, packets
                              0,    0,    3,    0x20,                          // octets
                              0,    0,    0,    99,   64,   0xFF, 0xFF, 0xFE,  // on 99, 1/4, -2
                              0,    1,    0,    9,    0,    0,    0,    40,    // highest, jitter
                              0x12, 0x34, 0x80, 0,    0,    1,    0,    0};    // LSR, DLSR 1 s

TEST(RtcpPacket, ReadsASenderReport) {
    const auto summary = parse_rtcp(kSenderReport, 99);
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->sender_ssrc, 7U);
    EXPECT_EQ(summary->sender_ntp, 0x12348000U);
    ASSERT_TRUE(summary->about_us);
    EXPECT_EQ(summary->about_us->fraction_lost, 64);
    EXPECT_EQ(summary->about_us->lost, -2);
    EXPECT_EQ(summary->about_us->highest_sequence, 0x1'0009U);
    EXPECT_EQ(summary->about_us->delay_since_last_sr, 0x1'0000U);
    EXPECT_FALSE(parse_rtcp(kSenderReport, 98)->about_us) << "a block on somebody else";
}

// RFC 3550 §6.4.1, figure 2: A = 0xb710:8000, LSR = 0xb705:2000, DLSR = 5.250 s, delay 6.125 s.
TEST(RtcpPacket, RoundTripOfTheRfcExample) {
    const ReportBlock block{.ssrc = 1,
                            .fraction_lost = 0,
                            .lost = 0,
                            .highest_sequence = 0,
                            .jitter = 0,
                            .last_sr = 0xb705'2000,
                            .delay_since_last_sr = 0x0005'4000};
    EXPECT_EQ(round_trip(block, 0xb710'8000), std::chrono::microseconds{6'125'000});
}

TEST(RtcpPacket, NoRoundTripWithoutAReportOrAgainstTheClock) {
    ReportBlock block;
    EXPECT_EQ(round_trip(block, 5), std::nullopt);
    block.last_sr = 0x10'0000;
    block.delay_since_last_sr = 0x2000;
    EXPECT_EQ(round_trip(block, 0x10'1000), std::nullopt);
}

TEST(RtcpPacket, WhatIsWrittenReadsBack) {
    const ReportBlock block{.ssrc = 42,
                            .fraction_lost = 3,
                            .lost = -5,
                            .highest_sequence = 70'000,
                            .jitter = 12,
                            .last_sr = 77,
                            .delay_since_last_sr = 88};
    const SenderInfo sender{
        .ntp = 0x1122334455667788, .rtp_timestamp = 160, .packets = 2, .octets = 320};
    std::array<std::uint8_t, kRtcpMaxSize> buffer{};
    const auto size = write_rtcp(
        {.ssrc = 11, .sender = sender, .reception = block, .cname = "abc", .bye = true}, buffer);
    EXPECT_EQ(size % 4, 0U);
    const auto summary = parse_rtcp(std::span{buffer}.first(size), 42);
    ASSERT_TRUE(summary);
    EXPECT_TRUE(summary->bye);
    EXPECT_EQ(summary->sender_ssrc, 11U);
    EXPECT_EQ(summary->sender_ntp, 0x33445566U);
    EXPECT_EQ(summary->about_us->lost, -5);
    EXPECT_EQ(summary->about_us->jitter, 12U);
}

TEST(RtcpPacket, RefusesCompoundsThatDoNotFit) {
    auto cut = kSenderReport;
    cut.pop_back();
    EXPECT_FALSE(parse_rtcp(cut, 99));
    auto bye_first = kSenderReport;
    bye_first[1] = 203;
    EXPECT_FALSE(parse_rtcp(bye_first, 99)) << "a compound begins with a report";
    EXPECT_FALSE(parse_rtcp(Octets{}, 99));
}

TEST(RtcpPacket, NtpTimeOfTheUnixEpoch) {
    EXPECT_EQ(ntp_from_unix(std::chrono::microseconds{0}), 2'208'988'800ULL << 32);  // RFC 868
    EXPECT_EQ(ntp_from_unix(std::chrono::microseconds{500'000}) & 0xFFFF'FFFF, 0x8000'0000U);
}

}  // namespace
}  // namespace bellwether::media
