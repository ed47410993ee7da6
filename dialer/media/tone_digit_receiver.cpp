#include "dialer/media/tone_digit_receiver.h"

#include <spandsp.h>

#include "base/check.h"

namespace bellwether::media {

namespace {

// Q.24 table A-1 (AT&T): the high frequency up to 4 dB above and 8 dB below the low one. spandsp
// takes these two as its own limits, and then misses one press in five that stands on them, since
// its 13 ms blocks weigh a press that begins or ends inside them. 2 dB more: none (one in a hundred
// at the lower limit); speech still presses no keys (tone_digit_receiver_test.cpp).
constexpr int kHighBelowLowMax = 10;  // dB
constexpr int kHighAboveLowMax = 6;   // dB
constexpr int kUnchanged = -1;
constexpr int kThresholdUnchanged = -99;  // spandsp: -42 dBm0

}  // namespace

struct ToneDigitReceiver::State {
    dtmf_rx_state_t* dtmf = nullptr;
};

ToneDigitReceiver::ToneDigitReceiver() : state_{std::make_unique<State>()} {
    state_->dtmf = dtmf_rx_init(nullptr, nullptr, nullptr);
    BW_CHECK(state_->dtmf != nullptr);
    dtmf_rx_parms(state_->dtmf, kUnchanged, kHighBelowLowMax, kHighAboveLowMax,
                  kThresholdUnchanged);
}

ToneDigitReceiver::~ToneDigitReceiver() { dtmf_rx_free(state_->dtmf); }

std::optional<char> ToneDigitReceiver::take(const Frame& frame) {
    dtmf_rx(state_->dtmf, frame.data(), static_cast<int>(frame.size()));
    char key = 0;
    if (dtmf_rx_get(state_->dtmf, &key, 1) == 0) return std::nullopt;
    return key;
}

}  // namespace bellwether::media
