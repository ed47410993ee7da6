#include "dialer/media/tone_digit_receiver.h"

#include <spandsp.h>

#include "base/check.h"

namespace bellwether::media {

struct ToneDigitReceiver::State {
    dtmf_rx_state_t* dtmf = nullptr;
};

ToneDigitReceiver::ToneDigitReceiver() : state_{std::make_unique<State>()} {
    state_->dtmf = dtmf_rx_init(nullptr, nullptr, nullptr);
    BW_CHECK(state_->dtmf != nullptr);
}

ToneDigitReceiver::~ToneDigitReceiver() { dtmf_rx_free(state_->dtmf); }

std::optional<char> ToneDigitReceiver::take(const Frame& frame) {
    dtmf_rx(state_->dtmf, frame.data(), static_cast<int>(frame.size()));
    char key = 0;
    if (dtmf_rx_get(state_->dtmf, &key, 1) == 0) return std::nullopt;
    return key;
}

}  // namespace bellwether::media
