#pragma once

#include <chrono>
#include <optional>

#include "dialer/media/frame.h"

namespace bellwether::media {

/// Decides when a spoken answer is over: after so much silence, or at the longest. Pure; one frame
/// is 20 ms of it. Allocates nothing.
///
/// Speech is what stands 8 dB above the line's noise and above -45 dBm0: the noise is the lowest
/// level lately, let up by 2 dB a second, so that the gaps between words hold it down and a noisier
/// line lifts it. 8 dB: below the 10 dB that speech keeps in noise one can talk in (ITU-T P.56
/// margin is 15.9); -45 dBm0: 25 dB below the mean of talkers (P.56, G.711 line levels of -20).
class AnswerWatch {
public:
    explicit AnswerWatch(const AnswerRules& rules) : rules_{rules} {}

    /// The end, if this frame is the last. Lost frames are neither speech nor silence.
    std::optional<AnswerEnd> take(const Frame& frame, FrameState state);

    [[nodiscard]] std::chrono::milliseconds elapsed() const { return elapsed_; }
    [[nodiscard]] std::chrono::milliseconds spoken() const { return spoken_; }

private:
    [[nodiscard]] bool is_speech(const Frame& frame, FrameState state);

    AnswerRules rules_;
    std::chrono::milliseconds elapsed_{};
    std::chrono::milliseconds spoken_{};
    std::chrono::milliseconds silent_{};  // since speech was last heard
    double noise_dbm0_ = -45.0;           // lets a talker who begins at once be heard
};

}  // namespace bellwether::media
