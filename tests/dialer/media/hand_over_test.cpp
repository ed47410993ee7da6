// What the threads of dialer/media hand to each other: commands, statistics, recorded frames,
// ports.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "dialer/media/command_queue.h"
#include "dialer/media/port_pool.h"
#include "dialer/media/stats_board.h"
#include "wav_files.h"

namespace bellwether::media::test {
namespace {

TEST(CommandQueue, RefusesWhenFullAndLosesNothing) {
    CommandQueue<std::unique_ptr<int>> queue{4};
    for (int i = 0; i < 4; ++i) {
        auto value = std::make_unique<int>(i);
        EXPECT_TRUE(queue.try_push(value));
    }
    auto fifth = std::make_unique<int>(4);
    EXPECT_FALSE(queue.try_push(fifth));
    ASSERT_NE(fifth, nullptr) << "a refused value stays with its owner";
    EXPECT_EQ(**queue.try_pop(), 0);
    EXPECT_TRUE(queue.try_push(fifth));
    for (int i = 1; i < 5; ++i) EXPECT_EQ(**queue.try_pop(), i);
    EXPECT_FALSE(queue.try_pop());
}

TEST(CommandQueue, KeepsEachProducersOrder) {
    constexpr int kProducers = 3;
    constexpr int kEach = 20'000;
    CommandQueue<int> queue{64};
    std::vector<std::thread> producers;
    for (int p = 0; p < kProducers; ++p) {
        producers.emplace_back([&queue, p] {
            for (int i = 0; i < kEach; ++i) {
                int value = p * kEach + i;
                while (!queue.try_push(value)) std::this_thread::yield();
            }
        });
    }
    std::vector<int> next(kProducers, 0);
    for (int received = 0; received < kProducers * kEach;) {
        const auto value = queue.try_pop();
        if (!value) {
            std::this_thread::yield();
            continue;
        }
        ++received;
        auto& expected = next[static_cast<std::size_t>(*value / kEach)];
        EXPECT_EQ(*value % kEach, expected);
        ++expected;
    }
    for (auto& producer : producers) producer.join();
    EXPECT_FALSE(queue.try_pop());
}

TEST(StatsBoard, AReaderNeverSeesHalfAWrite) {
    struct Pair {
        std::uint64_t value = 0;
        std::uint64_t complement = ~std::uint64_t{0};
        std::uint64_t padding[6] = {};
    };
    Board<Pair> board;
    std::atomic<bool> done{false};
    std::thread writer{[&] {
        for (std::uint64_t i = 0; i < 200'000; ++i) board.write({i, ~i, {}});
        done = true;
    }};
    std::uint64_t last = 0;
    while (!done) {
        const auto seen = board.read();
        ASSERT_EQ(seen.complement, ~seen.value);
        ASSERT_GE(seen.value, last);
        last = seen.value;
    }
    writer.join();
    EXPECT_EQ(board.read().value, 199'999U);
}

TEST(PortPool, GivesEvenPortsUntilTheRangeIsFull) {
    const auto pool = *PortPool::create("127.0.0.1", 20'001, 20'009);  // 20002 to 20009: four pairs
    std::vector<PortPair> taken;
    for (int tries = 0; tries < 5; ++tries) {
        auto pair = pool->take();
        if (!pair) {
            EXPECT_EQ(pair.error().code, Errc::Exhausted);
            break;
        }
        EXPECT_EQ(pair->port() % 2, 0);
        EXPECT_GE(pair->port(), 20'002);
        EXPECT_LE(pair->port(), 20'008);
        taken.push_back(std::move(*pair));
    }
    EXPECT_LE(taken.size(), 4U) << "fewer when other programs hold some";
    ASSERT_FALSE(taken.empty());
    taken.pop_back();
    EXPECT_TRUE(pool->take()) << "what was given back can be taken again";
}

TEST(PortPool, RefusesRangesAndHostsThatCannotBe) {
    EXPECT_FALSE(PortPool::create("127.0.0.1", 20'001, 20'002));
    EXPECT_FALSE(PortPool::create("127.0.0.1", 30'000, 20'000));
    EXPECT_FALSE(PortPool::create("127.0.0.1", 0, 2));
    EXPECT_FALSE(PortPool::create("localhost", 20'000, 20'100));
    const auto elsewhere = *PortPool::create("192.0.2.1", 20'000, 20'100);  // RFC 5737: nobody's
    EXPECT_EQ(elsewhere->take().error().code, Errc::Unavailable);
}

}  // namespace
}  // namespace bellwether::media::test
