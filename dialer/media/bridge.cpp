#include "dialer/media/bridge.h"

#include <algorithm>
#include <array>

#include "base/check.h"

namespace bellwether::media {

void Bridge::add(BridgePort& port) {
    BW_CHECK(std::find(ports_.begin(), ports_.end(), &port) == ports_.end());
    ports_.push_back(&port);
}

void Bridge::remove(BridgePort& port) {
    std::erase(ports_, &port);
    std::erase_if(
        deaf_, [&](const auto& pair) { return pair.first == port.leg || pair.second == port.leg; });
    port.hears = nullptr;
}

void Bridge::set_hears(CallId listener, CallId speaker, bool hears) {
    std::erase(deaf_, std::pair{listener, speaker});
    if (!hears) deaf_.emplace_back(listener, speaker);
}

bool Bridge::is_deaf(CallId listener, CallId speaker) const {
    return std::find(deaf_.begin(), deaf_.end(), std::pair{listener, speaker}) != deaf_.end();
}

void Bridge::mix() {
    if (ports_.size() == 1) {
        ports_.front()->hears = nullptr;
    } else if (ports_.size() == 2) {
        mix_pair();
    } else {
        mix_all();
    }
}

void Bridge::mix_pair() {
    BridgePort& one = *ports_[0];
    BridgePort& two = *ports_[1];
    one.hears = is_deaf(one.leg, two.leg) ? nullptr : &two.said;
    two.hears = is_deaf(two.leg, one.leg) ? nullptr : &one.said;
}

// The sum of all, once; each port hears it less itself and less those it does not hear.
void Bridge::mix_all() {
    std::array<std::int32_t, kFrameSamples> total{};
    for (const BridgePort* port : ports_) {
        for (std::size_t i = 0; i < kFrameSamples; ++i) total[i] += port->said[i];
    }
    for (BridgePort* listener : ports_) {
        auto sum = total;
        for (const BridgePort* speaker : ports_) {
            if (speaker != listener && (deaf_.empty() || !is_deaf(listener->leg, speaker->leg))) {
                continue;
            }
            for (std::size_t i = 0; i < kFrameSamples; ++i) sum[i] -= speaker->said[i];
        }
        std::transform(sum.begin(), sum.end(), listener->mixed.begin(), saturate);
        listener->hears = &listener->mixed;
    }
}

}  // namespace bellwether::media
