#pragma once

#include <chrono>
#include <cstdint>

#include "dialer/media/rtcp_packet.h"

namespace bellwether::media {

/// Sequence numbers and arrival times of one received RTP stream: which packets are new, how many
/// are lost, how much they jitter. Keeps counting over restarts of the stream. Source: RFC 3550 A.1
/// (sequence), A.3 (loss), A.8 (jitter).
class StreamStatistics {
public:
    enum class Verdict {
        InOrder,     ///< the newest so far
        OutOfOrder,  ///< older than the newest, not seen before
        Duplicate,   ///< seen before
        Jump,        ///< implausibly far away; to be dropped
        Restarted,   ///< follows a Jump: the peer numbers anew, this packet is the first
    };

    /// Begins a new stream (first packet, or another SSRC) at this sequence number.
    void restart(std::uint16_t first_sequence);

    /// Must follow a restart().
    Verdict on_packet(std::uint16_t sequence);

    /// Takes the arrival of an audio packet into the jitter.
    void on_arrival(std::chrono::microseconds arrival, std::uint32_t rtp_timestamp);

    /// Expected less received over all streams so far, never negative.
    [[nodiscard]] std::uint64_t lost() const;
    [[nodiscard]] std::chrono::microseconds jitter() const;

    /// The loss, sequence and jitter fields of a report block; each call begins a new fraction
    /// interval.
    void fill_report(ReportBlock& block);

private:
    [[nodiscard]] std::int64_t expected() const;

    bool started_ = false;
    std::uint64_t base_ = 0;         // extended number of the first packet
    std::uint64_t highest_ = 0;      // extended: wraps counted in the upper bits
    std::uint64_t seen_ = 0;         // bit i: highest_ - i was received
    std::int64_t received_ = 0;      // of this stream, duplicates excluded
    std::uint64_t lost_before_ = 0;  // of earlier streams
    std::uint32_t jump_next_ = 0;    // sequence that would confirm a jump; above 65535: none
    std::int64_t expected_prior_ = 0;
    std::int64_t received_prior_ = 0;
    bool has_transit_ = false;
    std::uint32_t transit_ = 0;  // timestamp units, modulo 2^32
    double jitter_ = 0.0;        // timestamp units
};

}  // namespace bellwether::media
