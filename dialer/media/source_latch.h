#pragma once

#include <cstdint>
#include <optional>

#include "dialer/media/rtp_packet.h"
#include "dialer/media/sdp.h"

namespace bellwether::media {

/// Decides whose packets belong to a call, and where ours go (symmetric RTP against NAT).
///
/// The first valid packet latches its source. A source the SDP names is final; another one is given
/// up once for the SDP's, whose packets may merely have been slower. Everything else is a stranger
/// (RTP bleed, https://www.rtpbleed.com). A new SSRC from the latched source begins a new stream
/// after kRestartPackets in a row.
class SourceLatch {
public:
    enum class Verdict { Accept, NewStream, Stranger };

    static constexpr int kRestartPackets =
        3;  ///< above a single stray packet, 60 ms of speech at most

    /// The peer's address by SDP. Another one than before forgets what was latched.
    void expect(Endpoint from_sdp);

    /// @param header  of a packet that is valid otherwise (version, payload type, length).
    Verdict on_packet(Endpoint from, const RtpHeader& header);

    /// Where to send: the latched source, before that the SDP's address.
    [[nodiscard]] Endpoint destination() const { return latched_.value_or(expected_); }
    [[nodiscard]] bool is_latched() const { return latched_.has_value(); }
    [[nodiscard]] std::uint32_t ssrc() const { return ssrc_; }  ///< must be latched

private:
    Verdict latch(Endpoint from, std::uint32_t ssrc);
    Verdict on_other_ssrc(const RtpHeader& header);

    Endpoint expected_;
    std::optional<Endpoint> latched_;
    std::uint32_t ssrc_ = 0;
    std::uint32_t candidate_ssrc_ = 0;
    std::uint16_t candidate_next_ = 0;
    int candidate_count_ = 0;
};

}  // namespace bellwether::media
