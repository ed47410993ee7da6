#pragma once

#include <cstdint>

namespace bellwether::media {

/// Decides when a peer has been silent for too long: no RTP for a time from one that owes it. A
/// peer that suppresses silence owes none while it reports by RTCP, and is not judged before its
/// first report. Pure; time is in ticks of 20 ms.
class SilenceWatch {
public:
    /// RTCP comes every 5 s, 7.5 s at the longest (RFC 3550 §6.3.1): 25 s are three reports missed.
    static constexpr std::uint64_t kReportsMissedTicks = 1250;

    /// @param limit  in ticks
    explicit SilenceWatch(std::uint64_t limit) : limit_{limit} {}

    /// The peer is expected to send from now on.
    void restart(std::uint64_t now);
    void on_packet(std::uint64_t now) { restart(now); }
    void on_report(std::uint64_t now) { reported_ = now; }

    /// True in the one tick of a silence in which it is too long.
    /// @param owes_media  false on hold in either direction: the clock stands, and starts anew
    bool is_too_long(std::uint64_t now, bool owes_media, bool suppresses_silence);

private:
    std::uint64_t limit_;
    std::uint64_t heard_ = 0;
    std::uint64_t reported_ = 0;  // 0: never
    bool told_ = false;
};

}  // namespace bellwether::media
