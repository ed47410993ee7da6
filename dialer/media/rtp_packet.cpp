#include "dialer/media/rtp_packet.h"

#include <string_view>

#include "dialer/media/big_endian.h"

namespace bellwether::media {
namespace {

constexpr std::string_view kKeys = "0123456789*#ABCD";  // RFC 4733 §3.2, by event code

// Octets of padding at the end, as its last octet says; nullopt if it does not fit.
std::optional<std::size_t> padding_size(std::span<const std::uint8_t> rest) {
    if (rest.empty()) return std::nullopt;
    const std::size_t size = rest.back();
    if (size == 0 || size > rest.size()) return std::nullopt;
    return size;
}

}  // namespace

std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram) {
    if (datagram.size() < kRtpHeaderSize) return std::nullopt;
    const std::uint8_t first = datagram[0];
    if ((first >> 6) != 2) return std::nullopt;
    const bool has_padding = (first & 0x20) != 0;
    const bool has_extension = (first & 0x10) != 0;
    std::size_t start = kRtpHeaderSize + 4 * std::size_t{static_cast<std::uint8_t>(first & 0x0F)};
    if (has_extension) {
        if (datagram.size() < start + 4) return std::nullopt;
        start += 4 + 4 * std::size_t{read_u16(datagram, start + 2)};
    }
    if (datagram.size() < start) return std::nullopt;
    auto payload = datagram.subspan(start);
    if (has_padding) {
        const auto padding = padding_size(payload);
        if (!padding) return std::nullopt;
        payload = payload.first(payload.size() - *padding);
    }
    return RtpPacket{{.payload_type = static_cast<std::uint8_t>(datagram[1] & 0x7F),
                      .marker = (datagram[1] & 0x80) != 0,
                      .sequence = read_u16(datagram, 2),
                      .timestamp = read_u32(datagram, 4),
                      .ssrc = read_u32(datagram, 8)},
                     payload};
}

void write_rtp_header(const RtpHeader& header, std::span<std::uint8_t, kRtpHeaderSize> out) {
    out[0] = 0x80;
    out[1] = static_cast<std::uint8_t>((header.marker ? 0x80 : 0) | (header.payload_type & 0x7F));
    write_u16(out, 2, header.sequence);
    write_u32(out, 4, header.timestamp);
    write_u32(out, 8, header.ssrc);
}

std::optional<TelephoneEvent> parse_telephone_event(std::span<const std::uint8_t> payload) {
    if (payload.size() < kTelephoneEventSize) return std::nullopt;
    return TelephoneEvent{.event = payload[0],
                          .end = (payload[1] & 0x80) != 0,
                          .volume = static_cast<std::uint8_t>(payload[1] & 0x3F),
                          .duration = read_u16(payload, 2)};
}

void write_telephone_event(const TelephoneEvent& event,
                           std::span<std::uint8_t, kTelephoneEventSize> out) {
    out[0] = event.event;
    out[1] = static_cast<std::uint8_t>((event.end ? 0x80 : 0) | (event.volume & 0x3F));
    write_u16(out, 2, event.duration);
}

std::optional<char> key_of_event(std::uint8_t event) {
    if (event >= kKeys.size()) return std::nullopt;
    return kKeys[event];
}

std::optional<std::uint8_t> event_of_key(char key) {
    const char upper = key >= 'a' && key <= 'd' ? static_cast<char>(key - 'a' + 'A') : key;
    const auto at = kKeys.find(upper);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint8_t>(at);
}

}  // namespace bellwether::media
