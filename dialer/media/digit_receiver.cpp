#include "dialer/media/digit_receiver.h"

#include <algorithm>

namespace bellwether::media {
namespace {

// Ticks without a packet after which a press has ended: 5, that is 100 ms, twice the longest
// interval between updates that RFC 4733 §2.5.1.2 recommends (50 ms).
constexpr int kIdleTicksMax = 5;

}  // namespace

std::optional<char> DigitReceiver::on_packet(const RtpHeader& header, const TelephoneEvent& event) {
    const auto key = key_of_event(event.event);
    if (!key) return std::nullopt;
    if (has_event_) {
        const auto age = static_cast<std::int32_t>(header.timestamp - timestamp_);
        if (age < 0) return std::nullopt;  // reordered, from a press reported long since
        if (age == 0 || continues_last(header, event)) {
            timestamp_ = header.timestamp;
            duration_ = age == 0 ? std::max(duration_, event.duration) : event.duration;
            ended_ = ended_ || event.end;
            idle_ticks_ = 0;
            return std::nullopt;
        }
    }
    has_event_ = true;
    ended_ = event.end;
    timestamp_ = header.timestamp;
    event_ = event.event;
    duration_ = event.duration;
    idle_ticks_ = 0;
    return key;
}

// Packets of the press under way although the timestamp differs.
bool DigitReceiver::continues_last(const RtpHeader& header, const TelephoneEvent& event) const {
    if (ended_ || header.marker || event.event != event_) return false;
    const std::uint32_t step = header.timestamp - timestamp_;
    // A press above 8.19 s goes on in a new segment where the 16-bit duration ended (§2.5.1.3).
    if (duration_ >= 0xFF00 && step >= 0xFF00 && step <= 0x1'0000) return true;
    // Some gateways let the timestamp run with the duration instead of holding it. A second press
    // cannot look so: its duration starts again.
    return event.duration > duration_ &&
           step == static_cast<std::uint32_t>(event.duration - duration_);
}

void DigitReceiver::tick() {
    if (is_pressed() && ++idle_ticks_ > kIdleTicksMax) ended_ = true;
}

}  // namespace bellwether::media
