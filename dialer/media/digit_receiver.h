#pragma once

#include <cstdint>
#include <optional>

#include "dialer/media/rtp_packet.h"

namespace bellwether::media {

/// Turns telephone-event packets into key presses, each reported once, at the first packet of it
/// that arrives: repeats, the three end packets, reordering and a lost beginning or end change
/// nothing. Source: RFC 4733 §2.5. All packets of one event share a timestamp; exceptions are noted
/// in the .cpp.
class DigitReceiver {
public:
    /// The peer began a new stream: timestamps no longer compare.
    void restart() { has_event_ = false; }

    /// The key, if this packet is the first of a press.
    std::optional<char> on_packet(const RtpHeader& header, const TelephoneEvent& event);

    /// Whether a key is held down at this moment, as far as the packets tell.
    [[nodiscard]] bool is_pressed() const { return has_event_ && !ended_; }

    /// To be called once per tick: a press whose end was lost is taken to have ended after a while.
    void tick();

private:
    [[nodiscard]] bool continues_last(const RtpHeader& header, const TelephoneEvent& event) const;

    bool has_event_ = false;
    bool ended_ = false;
    std::uint32_t timestamp_ = 0;  // of the newest packet taken
    std::uint8_t event_ = 0;
    std::uint16_t duration_ = 0;
    int idle_ticks_ = 0;
};

}  // namespace bellwether::media
