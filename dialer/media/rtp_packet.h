#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace bellwether::media {

inline constexpr std::size_t kRtpHeaderSize = 12;  ///< without CSRCs and extension (RFC 3550 §5.1)

/// The fixed header of an RTP packet. Source: RFC 3550 §5.1.
struct RtpHeader {
    std::uint8_t payload_type = 0;  ///< 0 .. 127
    bool marker = false;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;

    friend bool operator==(const RtpHeader&, const RtpHeader&) = default;
};

struct RtpPacket {
    RtpHeader header;
    std::span<const std::uint8_t>
        payload;  ///< inside the datagram; CSRCs, extension, padding are gone
};

/// Reads a datagram; nullopt unless it is version 2 and its lengths fit (RFC 3550 A.1). Cannot fail
/// otherwise, allocates nothing.
[[nodiscard]] std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram);

/// Writes the header with version 2, no padding, extension or CSRC.
void write_rtp_header(const RtpHeader& header, std::span<std::uint8_t, kRtpHeaderSize> out);

inline constexpr std::size_t kTelephoneEventSize = 4;

/// The payload of a telephone-event packet. Source: RFC 4733 §2.3.
struct TelephoneEvent {
    std::uint8_t event = 0;  ///< 0-9 digits, 10 *, 11 #, 12-15 A-D (§3.2); others are not keys
    bool end = false;
    std::uint8_t volume = 0;     ///< -dBm0, 0 .. 63
    std::uint16_t duration = 0;  ///< timestamp units since the packet's timestamp

    friend bool operator==(const TelephoneEvent&, const TelephoneEvent&) = default;
};

/// Reads the first event of a payload (at least 4 octets).
[[nodiscard]] std::optional<TelephoneEvent> parse_telephone_event(
    std::span<const std::uint8_t> payload);
void write_telephone_event(const TelephoneEvent& event,
                           std::span<std::uint8_t, kTelephoneEventSize> out);

/// The key of an event code, nullopt above 15; and back, for 0-9 * # A-D and a-d.
[[nodiscard]] std::optional<char> key_of_event(std::uint8_t event);
[[nodiscard]] std::optional<std::uint8_t> event_of_key(char key);

}  // namespace bellwether::media
