#include "dialer/media/speech_tools.h"

#include <spandsp.h>

#include <cstring>

#include "base/check.h"

namespace bellwether::media {
namespace {

constexpr int kLength = static_cast<int>(kFrameSamples);
// After 3 frames the concealment has faded (spandsp: 50 ms); silence costs nothing to make.
constexpr int kFadeFrames = 3;

}  // namespace

struct LossConcealer::State {
    plc_state_t plc{};
    int concealed = 0;
};

LossConcealer::LossConcealer() : state_{std::make_unique<State>()} { plc_init(&state_->plc); }
LossConcealer::~LossConcealer() = default;

void LossConcealer::take(Frame& frame) {
    state_->concealed = 0;
    plc_rx(&state_->plc, frame.data(), kLength);
}

void LossConcealer::conceal(Frame& frame) {
    if (state_->concealed >= kFadeFrames) {
        frame = kSilentFrame;
        return;
    }
    ++state_->concealed;
    plc_fillin(&state_->plc, frame.data(), kLength);
}

struct ToneDigitReceiver::State {
    dtmf_rx_state_t* dtmf = nullptr;
};

ToneDigitReceiver::ToneDigitReceiver() : state_{std::make_unique<State>()} {
    state_->dtmf = dtmf_rx_init(nullptr, nullptr, nullptr);
    BW_CHECK(state_->dtmf != nullptr);
}

ToneDigitReceiver::~ToneDigitReceiver() { dtmf_rx_free(state_->dtmf); }

std::optional<char> ToneDigitReceiver::take(const Frame& frame) {
    dtmf_rx(state_->dtmf, frame.data(), kLength);
    char key = 0;
    if (dtmf_rx_get(state_->dtmf, &key, 1) == 0) return std::nullopt;
    return key;
}

}  // namespace bellwether::media
