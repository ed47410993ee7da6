#include "compliance/suppression/crc32c.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace bellwether::compliance::suppression {
namespace {

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span{text}); }

// RFC 3720, appendix B.4, and the check value of the CRC catalogue.
TEST(Crc32c, AgreesWithThePublishedVectors) {
    EXPECT_EQ(crc32c(0, bytes("123456789")), 0xE3069283U);
    std::array<std::byte, 32> block{};
    EXPECT_EQ(crc32c(0, block), 0x8A9136AAU);
    block.fill(std::byte{0xFF});
    EXPECT_EQ(crc32c(0, block), 0x62A8AB43U);
    for (std::size_t i = 0; i < block.size(); ++i) block.at(i) = static_cast<std::byte>(i);
    EXPECT_EQ(crc32c(0, block), 0x46DD794EU);
}

TEST(Crc32c, IsTheSameInPieces) {
    const auto whole = bytes("The quick brown fox jumps over the lazy dog");
    for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
        EXPECT_EQ(crc32c(crc32c(0, whole.first(cut)), whole.subspan(cut)), crc32c(0, whole));
    }
}

}  // namespace
}  // namespace bellwether::compliance::suppression
