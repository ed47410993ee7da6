#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "dialer/media/digit_sender.h"
#include "dialer/media/frame.h"
#include "dialer/media/g711.h"
#include "dialer/media/sdp.h"

namespace bellwether::media {

/// Where a stream of ours begins: random, as RFC 3550 §5.1 asks.
struct StreamStart {
    std::uint32_t ssrc = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
};

/// The sending half of a leg: one packet per tick, audio or a key press, with continuous sequence
/// numbers and a time line that keeps running while the leg is held. Opens no socket. Not
/// thread-safe; allocates nothing.
class RtpSender {
public:
    explicit RtpSender(const StreamStart& start);

    void configure(const Agreement& agreement);
    void press(std::string_view keys);

    /// The packet of this tick; valid until the next call. Marked at the start of a talkspurt: the
    /// first packet, and the first audio after a pause or a key press (RFC 3551 §4.1, RFC 4733
    /// §2.5.1.1). Empty in a silence to a peer with comfort noise: that is described once and then
    /// every half second.
    std::span<const std::uint8_t> next(const Frame& audio);

    /// Ticks in which nothing was sent (held, not connected, or missed).
    void pause(std::uint64_t ticks);

    [[nodiscard]] std::uint32_t ssrc() const { return ssrc_; }
    [[nodiscard]] std::uint32_t timestamp() const { return timestamp_; }  ///< of the next packet
    [[nodiscard]] std::uint64_t packets() const { return packets_; }
    [[nodiscard]] std::uint64_t octets() const { return octets_; }  ///< payload only

private:
    std::span<const std::uint8_t> next_noise();
    std::span<const std::uint8_t> finish_packet(const RtpHeader& header, std::size_t payload_size);

    std::uint32_t ssrc_;
    std::uint16_t sequence_;
    std::uint32_t timestamp_;
    Codec codec_ = Codec::Pcmu;
    std::uint8_t payload_type_ = 0;
    std::optional<std::uint8_t> event_payload_type_;
    std::optional<std::uint8_t> noise_payload_type_;
    int silent_ticks_ = 0;
    bool marker_ = true;
    DigitSender digits_;
    std::uint64_t packets_ = 0;
    std::uint64_t octets_ = 0;
    std::array<std::uint8_t, kRtpHeaderSize + kFrameSamples> packet_{};
};

}  // namespace bellwether::media
