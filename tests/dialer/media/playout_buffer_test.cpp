#include "dialer/media/playout_buffer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "dialer/media/frame.h"

namespace bellwether::media {
namespace {

constexpr std::uint32_t kStart = 4'294'967'296ULL - 800;  // wraps on the way

// Packets are numbered; each holds its number in every sample, loud enough not to be dropped as
// quiet.
std::int16_t loudness(int packet) { return static_cast<std::int16_t>(1000 + packet); }

class Line {
public:
    bool arrive(int packet) {
        Frame samples;
        samples.fill(loudness(packet));
        return buffer_.write(kStart + static_cast<std::uint32_t>(packet) * 160, samples);
    }

    // The packet played in this tick, or nothing.
    std::optional<int> play() {
        Frame frame{};
        if (!buffer_.read(frame)) return std::nullopt;
        return frame[0] - 1000;
    }

    // One tick per row: what arrives, then what is played; -1 for concealment.
    std::vector<int> run(const std::vector<std::vector<int>>& arrivals) {
        std::vector<int> played;
        for (const auto& packets : arrivals) {
            for (const int packet : packets) arrive(packet);
            played.push_back(play().value_or(-1));
        }
        return played;
    }

    PlayoutBuffer buffer_;
};

TEST(PlayoutBuffer, AddsNoDelayToAnEvenStream) {
    EXPECT_EQ(Line{}.run({{0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}}),
              (std::vector{0, 1, 2, 3, 4, 5, 6, 7}));
}

TEST(PlayoutBuffer, PlaysNothingBeforeTheFirstPacket) {
    EXPECT_EQ(Line{}.run({{}, {}, {0}, {1}}), (std::vector{-1, -1, 0, 1}));
}

TEST(PlayoutBuffer, ALostPacketCostsOneFrameAndNoDelay) {
    EXPECT_EQ(Line{}.run({{0}, {1}, {}, {3}, {4}}), (std::vector{0, 1, -1, 3, 4}));
}

TEST(PlayoutBuffer, ALatePacketIsPlayedAndTheDelayGrowsByIt) {
    EXPECT_EQ(Line{}.run({{0}, {1}, {}, {2, 3}, {4}, {5}}), (std::vector{0, 1, -1, 2, 3, 4}));
}

TEST(PlayoutBuffer, OrderWithinATickDoesNotMatter) {
    EXPECT_EQ(Line{}.run({{0}, {1}, {}, {3, 2}, {5, 4}, {6}}), (std::vector{0, 1, -1, 2, 3, 4}));
}

TEST(PlayoutBuffer, ReorderingAcrossTicksIsALossThatMakesRoom) {
    Line line;
    EXPECT_EQ(line.run({{0}, {2}, {1}, {3}, {4}}), (std::vector{0, -1, 2, 3, 4}));
    // The second time it is jitter: from then on the stream is played a frame later.
    EXPECT_EQ(line.run({{6}, {5}, {7}, {9}, {8}, {10}}), (std::vector{-1, -1, 6, 7, 8, 9}));
}

TEST(PlayoutBuffer, PacketsOfOtherLengthsArePlayedWhole) {
    PlayoutBuffer buffer;
    std::array<std::int16_t, 80> half{};
    std::array<std::int16_t, 320> two{};
    half.fill(1001);
    two.fill(1002);
    Frame frame{};
    buffer.write(0, half);
    buffer.write(80, half);
    ASSERT_TRUE(buffer.read(frame));
    EXPECT_EQ(frame[159], 1001);
    buffer.write(160, two);
    ASSERT_TRUE(buffer.read(frame));
    ASSERT_TRUE(buffer.read(frame));
    EXPECT_EQ(frame[0], 1002);
    EXPECT_FALSE(buffer.read(frame));
}

TEST(PlayoutBuffer, AnOutageOfAnyLengthAddsNoDelay) {
    for (const int lost : {2, 10, 40, 1000}) {
        Line line;
        line.arrive(0);
        line.play();
        for (int i = 0; i < lost; ++i) EXPECT_EQ(line.play(), std::nullopt);
        line.arrive(lost + 1);
        EXPECT_EQ(line.play(), lost + 1) << lost;
    }
}

TEST(PlayoutBuffer, ABurstAfterAStallIsBoundTo100Milliseconds) {
    Line line;
    line.arrive(0);
    line.play();
    for (int i = 0; i < 15; ++i) line.play();
    for (int packet = 1; packet <= 16; ++packet) line.arrive(packet);
    EXPECT_EQ(line.play(), 12);
    EXPECT_EQ(line.buffer_.depth(), 640);
}

TEST(PlayoutBuffer, GivesIdleDelayBack) {
    Line line;
    line.arrive(0);
    line.play();
    line.play();  // one tick of stall: the stream is a frame late from now on
    int packet = 1;
    line.arrive(packet++);
    int ticks = 0;
    for (; ticks < 2000; ++ticks) {
        line.arrive(packet++);
        line.play();
        if (line.buffer_.depth() == 0) break;
    }
    // Windows of 5 s: one that began without delay, one with, one waiting for a quiet frame in
    // vain.
    EXPECT_NEAR(ticks, 750, 5);
}

TEST(PlayoutBuffer, GivesAllIdleDelayBackInOneQuietPassage) {
    PlayoutBuffer buffer;
    constexpr int kStall = 4;  // ticks, and so frames of delay that nothing needs afterwards
    const Frame quiet{};
    std::uint32_t timestamp = kStart;
    Frame played{};
    buffer.write(timestamp, quiet);
    ASSERT_TRUE(buffer.read(played));
    for (int tick = 0; tick < kStall; ++tick) buffer.read(played);
    int ticks = 0;
    for (int packet = 0; packet < kStall; ++packet) buffer.write(timestamp += 160, quiet);
    for (; ticks < 2000 && (ticks == 0 || buffer.depth() > 0); ++ticks) {
        buffer.write(timestamp += 160, quiet);
        buffer.read(played);
    }
    // One window of 5 s that began without delay, one with it, and a tick per frame.
    EXPECT_NEAR(ticks, 500 + kStall, 5);
}

TEST(PlayoutBuffer, FollowsAClockThatWentBack) {
    PlayoutBuffer buffer;
    Frame samples;
    samples.fill(1000);
    Frame frame{};
    std::uint32_t timestamp = 1'000'000;
    buffer.write(timestamp, samples);
    ASSERT_TRUE(buffer.read(frame));
    int late = 0;
    for (std::uint32_t i = 0; i < 20; ++i) {
        if (!buffer.write(i * 160, samples)) ++late;
        (void)buffer.read(frame);
    }
    EXPECT_EQ(late, 10);
    EXPECT_TRUE(buffer.write(20 * 160, samples));
    EXPECT_TRUE(buffer.read(frame));
}

// Whatever arrives when: packets are played in order, each at most once, only if they arrived; and
// the delay stays within its bound.
RC_GTEST_PROP(PlayoutBuffer, PlaysInOrderAndAtMostOnce, ()) {
    const auto delays =
        *rc::gen::container<std::vector<int>>(rc::gen::inRange(-1, 6));  // ticks; -1 lost
    Line line;
    int last = -1;
    for (int tick = 0; tick < static_cast<int>(delays.size()) + 8; ++tick) {
        for (int packet = 0; packet < static_cast<int>(delays.size()); ++packet) {
            const int delay = delays[static_cast<std::size_t>(packet)];
            if (delay >= 0 && packet + delay == tick) line.arrive(packet);
        }
        const auto played = line.play();
        RC_ASSERT(line.buffer_.depth() <= PlayoutBuffer::kMaxDepth);
        if (!played) continue;
        RC_ASSERT(*played > last);
        RC_ASSERT(delays[static_cast<std::size_t>(*played)] >= 0);
        last = *played;
    }
}

}  // namespace
}  // namespace bellwether::media
