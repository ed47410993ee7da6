#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

// How a file of numbers is laid out; what number_set.h reads and number_set_builder.h writes.
//
//   header | text: source, licence, seller | directory | pool | CRC-32C of all before it
//
// A number is a block (its digits but the last four) and a place in it, 0..9999: in North America
// a block is an exchange. The pool holds each block as its count and its places, sorted, while
// these are fewer than kListMax + 1, and as a map of 10,000 bits above. Where most of North
// America's exchanges are there, an array finds them by their digits; else a hash table does.
// Little-endian throughout. Source: research/compliance.md §2.3, the per-exchange hybrid.

namespace bellwether::compliance::suppression::format {

static_assert(std::endian::native == std::endian::little);

inline constexpr std::array<char, 8> kMagic{'B', 'W', 'N', 'U', 'M', 'S', 'E', 'T'};
inline constexpr std::uint32_t kVersion = 1;

inline constexpr std::uint64_t kBlockNumbers = 10'000;
inline constexpr std::size_t kBitmapUnits = 625;  ///< 16-bit units of 10,000 bits
/// A list of one more takes as much as the map.
inline constexpr std::size_t kListMax = kBitmapUnits - 1;

inline constexpr std::size_t kTextMax = 4096;  ///< bytes of a name; a path is no longer

/// Exchanges of North America: +1 000 000 xxxx to +1 999 999 xxxx.
inline constexpr std::uint64_t kNanpFirst = 1'000'000;  ///< the first block
inline constexpr std::uint64_t kNanpBlocks = 1'000'000;
/// From here on four bytes an exchange are less than a slot of the hash table, filled to 3/4.
inline constexpr std::size_t kDenseFrom = kNanpBlocks * 4 * 3 / (16 * 4);

/// Of the directory: where in the pool, in units of 16 bits; never 0. 0: no such block.
using Entry = std::uint32_t;
inline constexpr Entry kBitmapFlag = 0x8000'0000;

struct Slot {
    std::uint64_t block;  ///< plus 1; 0: empty
    Entry entry;
    std::uint32_t unused;
};

struct Header {
    std::array<char, 8> magic;
    std::uint32_t version;
    std::uint32_t kind;
    std::uint64_t file_bytes;
    std::uint64_t numbers;
    std::uint64_t rows;
    std::int64_t retrieved_day;  ///< days since 1970-01-01
    std::array<std::uint32_t, 3> text_bytes;
    std::uint32_t is_dense;
    std::uint64_t slots;  ///< a power of two, or 0
    std::uint64_t pool_units;
    std::array<std::byte, 32> source_sha256;
    std::uint32_t unused;
    std::uint32_t header_crc;  ///< of the header before this field
};
static_assert(sizeof(Header) == 120 && sizeof(Slot) == 16);

/// Where block `block` would stand in a table of `slots` (a power of two).
[[nodiscard]] constexpr std::uint64_t first_slot(std::uint64_t block, std::uint64_t slots) {
    constexpr std::uint64_t kGolden = 0x9E37'79B9'7F4A'7C15;  // 2^64 / golden ratio: spreads runs
    return ((block * kGolden) >> 32) & (slots - 1);
}

template <class T>
[[nodiscard]] T load(const std::byte* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

}  // namespace bellwether::compliance::suppression::format
