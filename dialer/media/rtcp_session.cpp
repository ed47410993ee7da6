#include "dialer/media/rtcp_session.h"

#include <algorithm>
#include <utility>

namespace bellwether::media {
namespace {

constexpr std::uint64_t kIntervalTicks = 250;  // 5 s, the minimum of RFC 3550 §6.2

}  // namespace

RtcpSession::RtcpSession(const StreamStart& start, std::string cname)
    : ssrc_{start.ssrc},
      cname_{std::move(cname)},
      spread_{start.ssrc | 1},
      first_sequence_{start.sequence} {}

bool RtcpSession::on_datagram(std::span<const std::uint8_t> datagram,
                              std::chrono::microseconds arrival) {
    const auto summary = parse_rtcp(datagram, ssrc_);
    if (!summary) return false;
    if (summary->sender_ntp) {
        peer_ssrc_ = *summary->sender_ssrc;
        last_sr_ = *summary->sender_ntp;
        last_sr_arrival_ = arrival;
    }
    if (!summary->about_us) return true;
    const auto& block = *summary->about_us;
    // Extended numbers begin with ours; a peer that came later counts on a few less.
    peer_expected_ = block.highest_sequence - first_sequence_ + 1U;
    peer_lost_ = static_cast<std::uint64_t>(std::max(0, block.lost));
    const auto trip = round_trip(block, ntp_short(ntp_from_unix(arrival)));
    if (trip) rtt_ = trip;
    return true;
}

bool RtcpSession::is_due(std::uint64_t tick) {
    if (next_tick_ != 0 && tick < next_tick_) return false;
    // Between half and one and a half intervals (§6.3.1), so that the legs do not report all at
    // once. Any uneven sequence will do: a multiplicative congruence on the random SSRC.
    spread_ = spread_ * 747'796'405U + 2'891'336'453U;
    const bool is_first = next_tick_ == 0;
    next_tick_ = tick + kIntervalTicks / 2 + (spread_ >> 16) % kIntervalTicks;
    return !is_first;
}

std::span<const std::uint8_t> RtcpSession::report(TickTime now, const RtpSender& sender,
                                                  RtpReceiver& receiver, bool bye) {
    RtcpReport report{.ssrc = ssrc_, .sender = {}, .reception = {}, .cname = cname_, .bye = bye};
    if (sender.packets() > 0) {
        report.sender = SenderInfo{.ntp = ntp_from_unix(now.unix_time),
                                   .rtp_timestamp = sender.timestamp(),
                                   .packets = static_cast<std::uint32_t>(sender.packets()),
                                   .octets = static_cast<std::uint32_t>(sender.octets())};
    }
    if (receiver.has_source()) {
        ReportBlock block;
        block.ssrc = receiver.ssrc();
        receiver.statistics().fill_report(block);
        if (last_sr_ != 0 && peer_ssrc_ == block.ssrc && now.unix_time >= last_sr_arrival_) {
            block.last_sr = last_sr_;
            block.delay_since_last_sr = ntp_short_of(now.unix_time - last_sr_arrival_);
        }
        report.reception = block;
    }
    return std::span{packet_}.first(write_rtcp(report, packet_));
}

}  // namespace bellwether::media
