#include "dialer/media/rtcp_packet.h"

#include <algorithm>

#include "base/check.h"
#include "dialer/media/big_endian.h"

namespace bellwether::media {
namespace {

// Packet types, RFC 3550 §12.1.
constexpr std::uint8_t kSenderReport = 200;
constexpr std::uint8_t kReceiverReport = 201;
constexpr std::uint8_t kSourceDescription = 202;
constexpr std::uint8_t kBye = 203;

constexpr std::size_t kReportBlockSize = 24;
constexpr std::uint64_t kSecondsFrom1900To1970 = 2'208'988'800;  // RFC 868

void write_header(std::span<std::uint8_t> packet, std::uint8_t type, std::uint8_t count) {
    BW_CHECK(packet.size() % 4 == 0);
    packet[0] = static_cast<std::uint8_t>(0x80 | count);
    packet[1] = type;
    write_u16(packet, 2, static_cast<std::uint16_t>(packet.size() / 4 - 1));
}

void write_block(const ReportBlock& block, std::span<std::uint8_t> out) {
    write_u32(out, 0, block.ssrc);
    const std::int32_t lost = std::clamp(block.lost, -0x80'0000, 0x7F'FFFF);
    write_u32(out, 4,
              (std::uint32_t{block.fraction_lost} << 24) |
                  (static_cast<std::uint32_t>(lost) & 0xFF'FFFF));
    write_u32(out, 8, block.highest_sequence);
    write_u32(out, 12, block.jitter);
    write_u32(out, 16, block.last_sr);
    write_u32(out, 20, block.delay_since_last_sr);
}

ReportBlock read_block(std::span<const std::uint8_t> from) {
    const std::uint32_t loss = read_u32(from, 4);
    // The cumulative count is 24 bits with sign: shift it up, then down again as signed.
    const auto lost = static_cast<std::int32_t>(loss << 8) >> 8;
    return {.ssrc = read_u32(from, 0),
            .fraction_lost = static_cast<std::uint8_t>(loss >> 24),
            .lost = lost,
            .highest_sequence = read_u32(from, 8),
            .jitter = read_u32(from, 12),
            .last_sr = read_u32(from, 16),
            .delay_since_last_sr = read_u32(from, 20)};
}

std::size_t write_report(const RtcpReport& report, std::span<std::uint8_t> out) {
    const std::size_t head = report.sender ? 28 : 8;
    const std::size_t size = head + (report.reception ? kReportBlockSize : 0);
    write_header(out.first(size), report.sender ? kSenderReport : kReceiverReport,
                 report.reception ? 1 : 0);
    write_u32(out, 4, report.ssrc);
    if (report.sender) {
        write_u32(out, 8, static_cast<std::uint32_t>(report.sender->ntp >> 32));
        write_u32(out, 12, static_cast<std::uint32_t>(report.sender->ntp & 0xFFFF'FFFF));
        write_u32(out, 16, report.sender->rtp_timestamp);
        write_u32(out, 20, report.sender->packets);
        write_u32(out, 24, report.sender->octets);
    }
    if (report.reception) write_block(*report.reception, out.subspan(head));
    return size;
}

std::size_t write_cname(const RtcpReport& report, std::span<std::uint8_t> out) {
    BW_CHECK(report.cname.size() <= 255);
    // ssrc, item type, item length, text, at least one null octet, to a multiple of four (§6.5).
    const std::size_t size = (4 + 4 + 2 + report.cname.size() + 1 + 3) / 4 * 4;
    std::fill_n(out.begin(), size, std::uint8_t{0});
    write_header(out.first(size), kSourceDescription, 1);
    write_u32(out, 4, report.ssrc);
    out[8] = 1;  // CNAME, §6.5.1
    out[9] = static_cast<std::uint8_t>(report.cname.size());
    std::copy(report.cname.begin(), report.cname.end(), out.begin() + 10);
    return size;
}

// Takes in one packet of a compound; its length was checked against its header.
void read_packet(std::span<const std::uint8_t> packet, std::uint32_t our_ssrc,
                 RtcpSummary& summary) {
    const std::uint8_t type = packet[1];
    const std::size_t count = packet[0] & 0x1F;
    if (type == kBye) summary.bye = true;
    if (type != kSenderReport && type != kReceiverReport) return;
    const std::size_t head = type == kSenderReport ? 28 : 8;
    if (packet.size() < head + count * kReportBlockSize) return;
    if (type == kSenderReport) {
        summary.sender_ssrc = read_u32(packet, 4);
        summary.sender_ntp = (read_u32(packet, 8) << 16) | (read_u32(packet, 12) >> 16);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto block = read_block(packet.subspan(head + i * kReportBlockSize));
        if (block.ssrc == our_ssrc) summary.about_us = block;
    }
}

}  // namespace

std::uint64_t ntp_from_unix(std::chrono::microseconds unix_time) {
    const auto micros = static_cast<std::uint64_t>(unix_time.count());
    const std::uint64_t seconds = micros / 1'000'000 + kSecondsFrom1900To1970;
    const std::uint64_t fraction = ((micros % 1'000'000) << 32) / 1'000'000;
    return (seconds << 32) | fraction;
}

std::chrono::microseconds duration_of(NtpShort difference) {
    return std::chrono::microseconds{
        static_cast<std::int64_t>((std::uint64_t{difference} * 1'000'000) >> 16)};
}

NtpShort ntp_short_of(std::chrono::microseconds duration) {
    return static_cast<NtpShort>((static_cast<std::uint64_t>(duration.count()) << 16) / 1'000'000);
}

std::size_t write_rtcp(const RtcpReport& report, std::span<std::uint8_t, kRtcpMaxSize> out) {
    std::size_t size = write_report(report, out);
    size += write_cname(report, out.subspan(size));
    if (report.bye) {
        write_header(out.subspan(size, 8), kBye, 1);
        write_u32(out, size + 4, report.ssrc);
        size += 8;
    }
    return size;
}

std::optional<RtcpSummary> parse_rtcp(std::span<const std::uint8_t> datagram,
                                      std::uint32_t our_ssrc) {
    RtcpSummary summary;
    auto rest = datagram;
    bool first = true;
    while (!rest.empty()) {
        if (rest.size() < 8 || (rest[0] >> 6) != 2) return std::nullopt;
        const std::size_t size = 4 * (std::size_t{read_u16(rest, 2)} + 1);
        if (size < 8 || size > rest.size()) return std::nullopt;
        const std::uint8_t type = rest[1];
        if (first && type != kSenderReport && type != kReceiverReport) return std::nullopt;
        read_packet(rest.first(size), our_ssrc, summary);
        rest = rest.subspan(size);
        first = false;
    }
    if (first) return std::nullopt;
    return summary;
}

std::optional<std::chrono::microseconds> round_trip(const ReportBlock& about_us, NtpShort arrival) {
    if (about_us.last_sr == 0) return std::nullopt;
    const NtpShort elapsed = arrival - about_us.last_sr;
    if (elapsed < about_us.delay_since_last_sr) return std::nullopt;
    const NtpShort trip = elapsed - about_us.delay_since_last_sr;
    if (trip > 0x8000'0000) return std::nullopt;  // a clock went back
    return duration_of(trip);
}

}  // namespace bellwether::media
