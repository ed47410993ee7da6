#pragma once

#include <cstdint>
#include <span>

namespace bellwether::media {

enum class Codec { Pcmu, Pcma };

/// The static RTP payload type of a codec (RFC 3551 §6).
[[nodiscard]] constexpr std::uint8_t static_payload_type(Codec codec) {
    return codec == Codec::Pcmu ? 0 : 8;
}

/// G.711 octets to 16-bit linear samples (full scale +3.17 dBm0 for mu-law, +3.14 for A-law), and
/// back. Both spans must have the same length. Cannot fail. Source: ITU-T G.711 (11/88), tables 1
/// and 2.
void decode_g711(Codec codec, std::span<const std::uint8_t> octets,
                 std::span<std::int16_t> samples);
void encode_g711(Codec codec, std::span<const std::int16_t> samples,
                 std::span<std::uint8_t> octets);

}  // namespace bellwether::media
