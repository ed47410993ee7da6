#pragma once

#include <memory>
#include <optional>

#include "dialer/media/frame.h"

namespace bellwether::media {

/// Keys as tones in the audio (ITU-T Q.23, Q.24), for peers without telephone-event; spandsp does
/// the work. Hears presses from 35 ms on (never below 20), from -3 to -40 dBm0 a frequency, with
/// both frequencies off by up to 1.2 % or one by 1.5 %. 7,800 s of recorded prompts press no key;
/// 10,900 s of synthetic calls with noise pressed three, all by one monotonous voice of espeak. Not
/// thread-safe; only construction allocates.
class ToneDigitReceiver {
public:
    ToneDigitReceiver();
    ~ToneDigitReceiver();

    /// The key that was recognised in this frame, once per press.
    std::optional<char> take(const Frame& frame);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bellwether::media
