#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace bellwether::media {

/// The short form of NTP time used by LSR and DLSR: 16 bits of seconds, 16 of fraction (RFC 3550
/// §4).
using NtpShort = std::uint32_t;

/// Microseconds since 1970 as 64-bit NTP time (seconds since 1900 in the upper half).
[[nodiscard]] std::uint64_t ntp_from_unix(std::chrono::microseconds unix_time);
/// The middle 32 bits of an NTP time.
[[nodiscard]] inline NtpShort ntp_short(std::uint64_t ntp) {
    return static_cast<NtpShort>((ntp >> 16) & 0xFFFF'FFFF);
}
/// A difference of two short times; meaningful below 9 hours.
[[nodiscard]] std::chrono::microseconds duration_of(NtpShort difference);
[[nodiscard]] NtpShort ntp_short_of(std::chrono::microseconds duration);

/// What a sender says of its own stream (RFC 3550 §6.4.1).
struct SenderInfo {
    std::uint64_t ntp = 0;
    std::uint32_t rtp_timestamp = 0;
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;
};

/// What a receiver says of somebody's stream (RFC 3550 §6.4.1).
struct ReportBlock {
    std::uint32_t ssrc = 0;          ///< the stream reported on
    std::uint8_t fraction_lost = 0;  ///< of 256, since the previous report
    std::int32_t lost = 0;           ///< cumulative, 24 bits signed
    std::uint32_t highest_sequence = 0;
    std::uint32_t jitter = 0;  ///< timestamp units
    NtpShort last_sr = 0;      ///< 0: none received
    NtpShort delay_since_last_sr = 0;
};

/// One compound packet of ours: SR or RR, SDES CNAME, and BYE at the end of the call.
struct RtcpReport {
    std::uint32_t ssrc = 0;
    std::optional<SenderInfo> sender;      ///< present: SR, absent: RR
    std::optional<ReportBlock> reception;  ///< absent: nothing received yet
    std::string_view cname;                ///< at most 255 octets
    bool bye = false;
};

inline constexpr std::size_t kRtcpMaxSize = 512;

/// Writes the compound packet, returns its octets.
std::size_t write_rtcp(const RtcpReport& report, std::span<std::uint8_t, kRtcpMaxSize> out);

/// What we read of a peer's compound packet.
struct RtcpSummary {
    std::optional<std::uint32_t> sender_ssrc;  ///< of an SR
    std::optional<NtpShort> sender_ntp;        ///< the SR's time, to be returned as LSR
    std::optional<ReportBlock> about_us;       ///< the report block on `our_ssrc`
    bool bye = false;
};

/// Reads a compound packet; nullopt unless every packet in it is version 2 with a length that fits
/// and the first is SR or RR (RFC 3550 A.2). Unknown packet types are skipped. Allocates nothing.
[[nodiscard]] std::optional<RtcpSummary> parse_rtcp(std::span<const std::uint8_t> datagram,
                                                    std::uint32_t our_ssrc);

/// Round trip from a report block: arrival - LSR - DLSR (RFC 3550 §6.4.1); nullopt without an LSR
/// or when the clocks say less than zero.
[[nodiscard]] std::optional<std::chrono::microseconds> round_trip(const ReportBlock& about_us,
                                                                  NtpShort arrival);

}  // namespace bellwether::media
