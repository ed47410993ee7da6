#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "dialer/media/digit_receiver.h"
#include "dialer/media/digit_sender.h"

namespace bellwether::media {
namespace {

struct Packet {
    RtpHeader header;
    TelephoneEvent event;
};

Packet packet(std::uint32_t timestamp, std::uint8_t code, std::uint16_t duration, bool end = false,
              bool marker = false) {
    return {
        {.payload_type = 101, .marker = marker, .sequence = 0, .timestamp = timestamp, .ssrc = 1},
        {.event = code, .end = end, .volume = 10, .duration = duration}};
}

std::string keys_of(const std::vector<Packet>& packets) {
    DigitReceiver receiver;
    std::string keys;
    for (const auto& each : packets) {
        if (const auto key = receiver.on_packet(each.header, each.event)) keys += *key;
    }
    return keys;
}

// A press as RFC 4733 §2.5.1 describes it: marker, updates, three ends, one timestamp.
std::vector<Packet> press(std::uint32_t timestamp, std::uint8_t code) {
    return {packet(timestamp, code, 160, false, true),
            packet(timestamp, code, 320),
            packet(timestamp, code, 480),
            packet(timestamp, code, 640, true),
            packet(timestamp, code, 640, true),
            packet(timestamp, code, 640, true)};
}

TEST(DigitReceiver, ReportsOnePressOnce) { EXPECT_EQ(keys_of(press(1000, 5)), "5"); }

TEST(DigitReceiver, ReportsTheSameKeyPressedTwiceTwice) {
    auto packets = press(1000, 5);
    const auto second = press(3000, 5);
    packets.insert(packets.end(), second.begin(), second.end());
    EXPECT_EQ(keys_of(packets), "55");
}

TEST(DigitReceiver, NeedsNoEnd) {
    EXPECT_EQ(keys_of({packet(1000, 1, 160, false, true), packet(3000, 1, 160, false, true)}),
              "11");
    EXPECT_EQ(keys_of({packet(1000, 1, 160, false, true), packet(3000, 1, 160)}), "11")
        << "the second beginning lost its marker";
}

TEST(DigitReceiver, NeedsNoBeginning) {
    EXPECT_EQ(keys_of({packet(1000, 11, 640, true), packet(1000, 11, 640, true)}), "#");
}

TEST(DigitReceiver, IgnoresPacketsOfAnEarlierPress) {
    EXPECT_EQ(keys_of({packet(1000, 1, 160, false, true), packet(3000, 2, 160, false, true),
                       packet(1000, 1, 640, true)}),
              "12");
}

TEST(DigitReceiver, ALongPressInSegmentsIsOnePress) {  // RFC 4733 §2.5.1.3
    EXPECT_EQ(keys_of({packet(1000, 3, 160, false, true), packet(1000, 3, 0xFFFF),
                       packet(1000 + 0xFFFF, 3, 160), packet(1000 + 0xFFFF, 3, 320, true)}),
              "3");
}

TEST(DigitReceiver, ATimestampThatRunsWithTheDurationIsOnePress) {
    EXPECT_EQ(keys_of({packet(1000, 3, 160, false, true), packet(1160, 3, 320),
                       packet(1320, 3, 480), packet(1480, 3, 640, true)}),
              "3");
}

TEST(DigitReceiver, OtherEventsAreNoKeys) {
    EXPECT_EQ(keys_of({packet(1000, 16, 160, false, true), packet(2000, 36, 160, false, true)}),
              "");
}

TEST(DigitReceiver, TimestampsMayWrap) {
    auto packets = press(0xFFFF'FF00, 1);
    const auto second = press(0x600, 2);
    packets.insert(packets.end(), second.begin(), second.end());
    EXPECT_EQ(keys_of(packets), "12");
}

TEST(DigitReceiver, APressWhoseEndWasLostIsOverAfter100Milliseconds) {
    DigitReceiver receiver;
    const auto first = packet(1000, 5, 160, false, true);
    receiver.on_packet(first.header, first.event);
    EXPECT_TRUE(receiver.is_pressed());
    for (int tick = 0; tick < 6; ++tick) receiver.tick();
    EXPECT_FALSE(receiver.is_pressed());
}

std::string string_of_keys(const std::vector<int>& codes) {
    std::string keys;
    for (const int code : codes) keys += *key_of_event(static_cast<std::uint8_t>(code));
    return keys;
}

// Presses with packets lost, doubled and reordered within the press: every press of which a packet
// is left is reported once, in order.
RC_GTEST_PROP(DigitReceiver, EachPressOnceWhateverTheNetworkDoes, ()) {
    const auto codes =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 16)));
    std::mt19937 random{*rc::gen::arbitrary<unsigned>()};
    std::vector<Packet> arriving;
    std::uint32_t timestamp = *rc::gen::arbitrary<std::uint32_t>();
    for (const int code : codes) {
        auto packets = press(timestamp, static_cast<std::uint8_t>(code));
        packets.push_back(packets[random() % packets.size()]);
        std::shuffle(packets.begin(), packets.end(), random);
        packets.resize(1 + random() % packets.size());
        arriving.insert(arriving.end(), packets.begin(), packets.end());
        timestamp += 1600;
    }
    RC_ASSERT(keys_of(arriving) == string_of_keys(codes));
}

TEST(DigitSender, PressesAsTheRfcSays) {
    DigitSender sender;
    sender.press("7");
    std::vector<DigitSender::Packet> sent;
    std::uint32_t now = 5000;
    for (int tick = 0; tick < 12; ++tick, now += 160) {
        if (const auto each = sender.tick(now)) sent.push_back(*each);
    }
    ASSERT_EQ(sent.size(), 7U);  // 100 ms in five updates, the last an end, and two more ends
    for (std::size_t i = 0; i < sent.size(); ++i) {
        EXPECT_EQ(sent[i].timestamp, 5000U);
        EXPECT_EQ(sent[i].marker, i == 0);
        EXPECT_EQ(sent[i].event.event, 7);
        EXPECT_EQ(sent[i].event.end, i >= 4);
        EXPECT_EQ(sent[i].event.duration, std::min<std::size_t>(i + 1, 5) * 160);
    }
}

TEST(DigitSender, LeavesPausesAndDropsWhatExceedsItsQueue) {
    DigitSender sender;
    sender.press(std::string(100, '1') + "x");
    int presses = 0;
    int silent = 0;
    std::uint32_t now = 0;
    for (int tick = 0; tick < 700; ++tick, now += 160) {
        const auto each = sender.tick(now);
        presses += each && each->marker ? 1 : 0;
        silent += each ? 0 : 1;
    }
    EXPECT_EQ(presses, 64);
    EXPECT_EQ(silent, 700 - 64 * 7);
}

RC_GTEST_PROP(DigitSender, WhatItSendsIsReceived, ()) {
    const auto codes = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 16));
    const auto keys = string_of_keys(codes).substr(0, DigitSender::kMaxWaiting);
    DigitSender sender;
    sender.press(keys);
    DigitReceiver receiver;
    std::string received;
    std::uint32_t now = *rc::gen::arbitrary<std::uint32_t>();
    for (std::size_t tick = 0; tick < keys.size() * 10 + 1; ++tick, now += 160) {
        const auto each = sender.tick(now);
        if (!each) continue;
        const RtpHeader header{.payload_type = 101,
                               .marker = each->marker,
                               .sequence = 0,
                               .timestamp = each->timestamp,
                               .ssrc = 1};
        if (const auto key = receiver.on_packet(header, each->event)) received += *key;
    }
    RC_ASSERT(received == keys);
}

}  // namespace
}  // namespace bellwether::media
