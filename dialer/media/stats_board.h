#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace bellwether::media {

/// One value written by one thread each tick and read by others at any time, without a lock: a
/// sequence lock over atomic words. A reader repeats while a write is under way.
template <class T>
class Board {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    Board() { write(T{}); }

    void write(const T& value) {
        Words words{};
        std::memcpy(words.data(), &value, sizeof value);
        const auto version = version_.load(std::memory_order_relaxed);
        version_.store(version + 1, std::memory_order_relaxed);
        // Release on every word: a reader that sees one also sees the odd version before it.
        for (std::size_t i = 0; i < kWords; ++i)
            words_[i].store(words[i], std::memory_order_release);
        version_.store(version + 2, std::memory_order_release);
    }

    [[nodiscard]] T read() const {
        for (;;) {
            const auto before = version_.load(std::memory_order_acquire);
            Words words{};
            for (std::size_t i = 0; i < kWords; ++i) {
                words[i] = words_[i].load(std::memory_order_acquire);
            }
            if (before % 2 == 0 && version_.load(std::memory_order_relaxed) == before) {
                T value{};
                std::memcpy(static_cast<void*>(&value), words.data(),
                            sizeof value);  // defaults are no obstacle
                return value;
            }
        }
    }

private:
    static constexpr std::size_t kWords = (sizeof(T) + 7) / 8;
    using Words = std::array<std::uint64_t, kWords>;

    std::atomic<std::uint64_t> version_{0};
    std::array<std::atomic<std::uint64_t>, kWords> words_{};
};

}  // namespace bellwether::media
