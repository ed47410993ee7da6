#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/check.h"

namespace bellwether::media {

/// A bounded queue with many producers and one consumer; neither ever blocks.
/// Each cell carries the round in which it may be written or read next. Source: D. Vyukov, "Bounded
/// MPMC queue" (1024cores.net), with a single consumer.
template <class T>
class CommandQueue {
public:
    /// @param capacity  checked: a power of two
    explicit CommandQueue(std::size_t capacity) : cells_(capacity), mask_{capacity - 1} {
        BW_CHECK(capacity >= 2 && (capacity & mask_) == 0);
        for (std::size_t i = 0; i < capacity; ++i) {
            cells_[i].round.store(i, std::memory_order_relaxed);
        }
    }

    /// False, with `value` untouched, when the queue is full.
    bool try_push(T& value) {
        std::size_t at = tail_.load(std::memory_order_relaxed);
        for (;;) {
            Cell& cell = cells_[at & mask_];
            const std::size_t round = cell.round.load(std::memory_order_acquire);
            if (round == at) {
                if (!tail_.compare_exchange_weak(at, at + 1, std::memory_order_relaxed)) continue;
                cell.value = std::move(value);
                cell.round.store(at + 1, std::memory_order_release);
                return true;
            }
            if (round < at) return false;
            at = tail_.load(std::memory_order_relaxed);
        }
    }

    /// Consumer only.
    std::optional<T> try_pop() {
        Cell& cell = cells_[head_ & mask_];
        if (cell.round.load(std::memory_order_acquire) != head_ + 1) return std::nullopt;
        std::optional<T> value{std::move(cell.value)};
        cell.value = T{};
        cell.round.store(head_ + mask_ + 1, std::memory_order_release);
        ++head_;
        return value;
    }

private:
    struct Cell {
        std::atomic<std::size_t> round{0};
        T value{};
    };

    std::vector<Cell> cells_;
    std::size_t mask_;
    alignas(64) std::atomic<std::size_t> tail_{0};
    alignas(64) std::size_t head_ = 0;
};

}  // namespace bellwether::media
