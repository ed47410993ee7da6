#include "dialer/media/digit_sender.h"

#include <algorithm>

#include "dialer/media/media_types.h"

namespace bellwether::media {
namespace {

constexpr int kPressTicks = 5;        // 100 ms; Q.24 wants at least 40 ms
constexpr int kEndPackets = 3;        // RFC 4733 §2.5.1.4
constexpr int kCycleTicks = 10;       // 100 ms of press, 100 ms of pause; Q.24 wants 40 ms of pause
constexpr std::uint8_t kVolume = 10;  // -10 dBm0, within the range of RFC 4733 §3.2 for senders

}  // namespace

void DigitSender::press(std::string_view keys) {
    for (const char key : keys) {
        const auto event = event_of_key(key);
        if (!event || count_ == kMaxWaiting) continue;
        waiting_[(first_ + count_) % kMaxWaiting] = *event;
        ++count_;
    }
}

std::optional<DigitSender::Packet> DigitSender::tick(std::uint32_t now) {
    if (step_ == 0) {
        if (count_ == 0) return std::nullopt;
        event_ = waiting_[first_];
        first_ = (first_ + 1) % kMaxWaiting;
        --count_;
        began_at_ = now;
    }
    const int step = step_;
    step_ = (step_ + 1) % kCycleTicks;
    if (step >= kPressTicks - 1 + kEndPackets) return std::nullopt;
    const int ticks = std::min(step + 1, kPressTicks);
    return Packet{
        .timestamp = began_at_,
        .marker = step == 0,
        .event = {.event = event_,
                  .end = step >= kPressTicks - 1,
                  .volume = kVolume,
                  .duration = static_cast<std::uint16_t>(ticks * static_cast<int>(kFrameSamples))}};
}

}  // namespace bellwether::media
