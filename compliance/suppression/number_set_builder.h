#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/phone_number.h"
#include "base/result.h"
#include "compliance/suppression/number_set.h"

namespace bellwether::compliance::suppression {

/// Where a builder's bytes go: an adapter writes a file, a test a vector.
class ByteSink {
public:
    virtual ~ByteSink() = default;
    /// Fails as its medium fails.
    [[nodiscard]] virtual Result<void> write(std::span<const std::byte> bytes) = 0;
};

/// Makes a file of numbers from numbers in any order. Its memory follows the blocks (exchanges)
/// that have numbers: 64 bytes while a block has few, 1,256 when it has more; 250 million numbers
/// of North America take about 300 MB. The same numbers give the same file, in whatever order they
/// came.
class NumberSetBuilder {
public:
    enum class Added {
        New,
        Known,  ///< it was there
        Full,   ///< not taken: the memory is used up
    };

    /// @param memory_max  bytes, at least 1 MiB; beyond it add() answers Full.
    explicit NumberSetBuilder(std::size_t memory_max = kMemoryMax);
    ~NumberSetBuilder();
    NumberSetBuilder(NumberSetBuilder&&) noexcept;
    NumberSetBuilder& operator=(NumberSetBuilder&&) noexcept;

    [[nodiscard]] Added add(PhoneNumber number);
    /// True if it was there.
    bool remove(PhoneNumber number);
    /// Every number of a set. False: the memory is used up.
    [[nodiscard]] bool add_all(const NumberSet& set);

    [[nodiscard]] std::uint64_t size() const { return numbers_; }
    [[nodiscard]] std::size_t memory() const { return memory_; }  ///< bytes held, within a few kB

    /// Writes the file (number_set_format.h), front to back. Fails as the sink does, and with
    /// Exhausted if the file would pass 4 GB.
    [[nodiscard]] Result<void> write(const NumberSetInfo& info, ByteSink& sink) const;

    static constexpr std::size_t kMemoryMax = std::size_t{1} << 30;

private:
    /// Of a block in memory: 0 none; else an index plus 1, of maps_ if kMap is set, else of lists_.
    using Handle = std::uint32_t;
    static constexpr Handle kMap = 0x8000'0000;
    static constexpr std::size_t kFew = 31;  ///< numbers of a block kept as a list: 64 bytes

    struct Few {
        std::uint16_t count = 0;
        std::array<std::uint16_t, kFew> places{};
    };
    struct Slot {
        std::uint64_t block = 0;  ///< plus 1; 0: empty
        Handle handle = 0;
    };
    struct Laid;  ///< where each block goes in the file

    [[nodiscard]] Handle* find_or_make(std::uint64_t block);
    [[nodiscard]] Handle* find_or_make_exchange(std::uint64_t exchange);
    [[nodiscard]] Handle* find(std::uint64_t block);
    [[nodiscard]] Slot& slot_of(std::uint64_t block);
    [[nodiscard]] bool grow_slots();
    [[nodiscard]] bool charge(std::size_t bytes);
    [[nodiscard]] Handle new_list();
    [[nodiscard]] Handle new_map();
    [[nodiscard]] Added add_to_list(Handle& handle, std::uint16_t place);
    [[nodiscard]] Few& list(Handle handle);
    [[nodiscard]] BlockBits& map(Handle handle);
    [[nodiscard]] bool merge_block(std::uint64_t block, const BlockBits& bits);
    void bits_of(Handle handle, BlockBits& bits) const;
    [[nodiscard]] std::vector<Slot> blocks_in_order() const;
    [[nodiscard]] std::size_t count_of(Handle handle) const;
    [[nodiscard]] Result<Laid> lay_out() const;

    std::size_t memory_max_;
    std::size_t memory_ = 0;
    std::uint64_t numbers_ = 0;
    std::vector<Handle> exchanges_;  ///< of North America, by block; empty: none yet
    std::vector<Slot> slots_;        ///< every other block; a power of two
    std::size_t slots_used_ = 0;
    std::vector<std::unique_ptr<Few[]>> lists_;
    std::vector<std::unique_ptr<BlockBits[]>> maps_;
    std::size_t list_count_ = 0;
    std::size_t map_count_ = 0;
    std::vector<Handle> free_lists_;
};

}  // namespace bellwether::compliance::suppression
