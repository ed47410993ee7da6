#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace bellwether::compliance::suppression {

/// CRC-32C (Castagnoli) of bytes that come in pieces: give the first piece 0, each further one the
/// result of the one before. Finds damage, not intent. Cannot fail. Source: RFC 3720, appendix B.4.
[[nodiscard]] std::uint32_t crc32c(std::uint32_t before, std::span<const std::byte> bytes);

}  // namespace bellwether::compliance::suppression
