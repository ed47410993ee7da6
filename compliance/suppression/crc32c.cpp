#include "compliance/suppression/crc32c.h"

#include <array>
#include <bit>
#include <cstring>

namespace bellwether::compliance::suppression {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::uint32_t kPolynomial = 0x82F63B78;  // reflected; RFC 3720
constexpr std::size_t kStep = 8;                   // bytes at once, one table each

using Tables = std::array<std::array<std::uint32_t, 256>, kStep>;

constexpr Tables make_tables() {
    Tables tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t rest = byte;
        for (int bit = 0; bit < 8; ++bit) rest = (rest >> 1) ^ ((rest & 1) * kPolynomial);
        tables[0][byte] = rest;
    }
    for (std::size_t n = 1; n < kStep; ++n) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint32_t before = tables[n - 1][byte];
            tables[n][byte] = (before >> 8) ^ tables[0][before & 0xFF];
        }
    }
    return tables;
}

constexpr Tables kTables = make_tables();

}  // namespace

std::uint32_t crc32c(std::uint32_t before, std::span<const std::byte> bytes) {
    std::uint32_t rest = ~before;
    while (bytes.size() >= kStep) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), kStep);
        word ^= rest;
        rest = 0;
        for (std::size_t n = 0; n < kStep; ++n) {
            rest ^= kTables[kStep - 1 - n][(word >> (8 * n)) & 0xFF];
        }
        bytes = bytes.subspan(kStep);
    }
    for (const std::byte byte : bytes) {
        rest = (rest >> 8) ^ kTables[0][(rest ^ static_cast<std::uint32_t>(byte)) & 0xFF];
    }
    return ~rest;
}

}  // namespace bellwether::compliance::suppression
