#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace bellwether::answer_detect {

/// The checksum of ISO 3309 (Ethernet, zip, PNG): 0xCBF43926 for the nine digits "123456789".
[[nodiscard]] std::uint32_t crc32(std::span<const std::byte> bytes);

}  // namespace bellwether::answer_detect
