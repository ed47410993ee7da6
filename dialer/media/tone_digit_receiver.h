#pragma once

#include <memory>
#include <optional>

#include "dialer/media/frame.h"

namespace bellwether::media {

/// Keys as tones in the audio (ITU-T Q.23, Q.24), for peers without telephone-event; spandsp does
/// the work. Not thread-safe; only construction allocates.
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
