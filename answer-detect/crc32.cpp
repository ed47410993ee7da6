#include "answer-detect/crc32.h"

namespace bellwether::answer_detect {

std::uint32_t crc32(std::span<const std::byte> bytes) {
    constexpr std::uint32_t polynomial = 0xEDB88320;  // reflected
    std::uint32_t crc = ~0U;
    for (const std::byte byte : bytes) {
        crc ^= std::to_integer<std::uint32_t>(byte);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1U) ? polynomial : 0U);
    }
    return ~crc;
}

}  // namespace bellwether::answer_detect
