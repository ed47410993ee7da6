#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "dialer/media/rtp_packet.h"

namespace bellwether::media {

/// Presses keys by RFC 4733, one packet per tick: 100 ms each, the end sent three times (§2.5.1.4),
/// the next press 100 ms after the end. No allocation.
class DigitSender {
public:
    static constexpr std::size_t kMaxWaiting = 64;

    struct Packet {
        std::uint32_t timestamp;  ///< of the beginning of the press
        bool marker;              ///< first packet of the press
        TelephoneEvent event;
    };

    /// Appends keys; what is no key, and what exceeds kMaxWaiting, is skipped.
    void press(std::string_view keys);

    /// The packet to send in this tick instead of audio, if any.
    /// @param now  the RTP timestamp of this tick
    std::optional<Packet> tick(std::uint32_t now);

private:
    std::array<std::uint8_t, kMaxWaiting> waiting_{};
    std::size_t first_ = 0;
    std::size_t count_ = 0;
    int step_ = 0;  // ticks since the current press began; 0: none under way
    std::uint8_t event_ = 0;
    std::uint32_t began_at_ = 0;
};

}  // namespace bellwether::media
