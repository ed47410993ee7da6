#include "answer-detect/crc32.h"

#include <gtest/gtest.h>

#include <string_view>

namespace bellwether::answer_detect {
namespace {

std::uint32_t crc32_of(std::string_view text) { return crc32(std::as_bytes(std::span(text))); }

// Expected: the check value of the standard; the other by Python's zlib.crc32.
TEST(Crc32, IsTheUsualOne) {
    EXPECT_EQ(crc32_of(""), 0U);
    EXPECT_EQ(crc32_of("123456789"), 0xCBF43926U);
    EXPECT_EQ(crc32_of("The quick brown fox jumps over the lazy dog"), 0x414FA339U);
}

}  // namespace
}  // namespace bellwether::answer_detect
