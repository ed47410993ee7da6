#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "dialer/media/media_clock.h"
#include "dialer/media/rtcp_packet.h"
#include "dialer/media/rtp_receiver.h"
#include "dialer/media/rtp_sender.h"

namespace bellwether::media {

/// The RTCP of one leg: a report every 5 s, varied by half either way (RFC 3550 §6.2), the round
/// trip from the peer's reports, BYE at the end. Opens no socket. Not thread-safe.
class RtcpSession {
public:
    /// @param cname  names this end in SDES; random, so that it tells nothing (RFC 7022 §4.2)
    /// @param start  of our stream, for what the peer's reports count on
    RtcpSession(const StreamStart& start, std::string cname);

    /// False: not RTCP.
    bool on_datagram(std::span<const std::uint8_t> datagram, std::chrono::microseconds arrival);

    /// Whether a report is due at this tick; plans the next.
    bool is_due(std::uint64_t tick);

    /// The report to send now; valid until the next call.
    std::span<const std::uint8_t> report(TickTime now, const RtpSender& sender,
                                         RtpReceiver& receiver, bool bye);

    [[nodiscard]] std::optional<std::chrono::microseconds> rtt() const { return rtt_; }
    /// How many packets of ours the peer has counted on and missed, by its last report.
    [[nodiscard]] std::uint64_t peer_expected() const { return peer_expected_; }
    [[nodiscard]] std::uint64_t peer_lost() const { return peer_lost_; }

private:
    std::uint32_t ssrc_;
    std::string cname_;
    std::uint64_t next_tick_ = 0;  // 0: not planned yet
    std::uint32_t spread_;         // state of the interval's variation
    std::uint32_t peer_ssrc_ = 0;
    NtpShort last_sr_ = 0;
    std::chrono::microseconds last_sr_arrival_{};
    std::optional<std::chrono::microseconds> rtt_;
    std::uint16_t first_sequence_;
    std::uint64_t peer_expected_ = 0;
    std::uint64_t peer_lost_ = 0;
    std::array<std::uint8_t, kRtcpMaxSize> packet_{};
};

}  // namespace bellwether::media
