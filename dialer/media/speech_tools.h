#pragma once

#include <memory>
#include <optional>

#include "dialer/media/frame.h"

namespace bellwether::media {

// What is taken from spandsp for one leg's received audio. Not thread-safe; only constructors
// allocate.

/// Fills lost frames by repeating the pitch of what came before, fading to silence within 50 ms
/// (ITU-T G.711 appendix I in spirit; spandsp plc.h).
class LossConcealer {
public:
    LossConcealer();
    ~LossConcealer();

    /// A frame that arrived; may be changed a little after a loss, to blend.
    void take(Frame& frame);
    /// A frame that did not.
    void conceal(Frame& frame);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Keys as tones in the audio (ITU-T Q.23, Q.24), for peers without telephone-event.
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
