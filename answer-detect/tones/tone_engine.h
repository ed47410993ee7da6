#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "answer-detect/audio.h"
#include "answer-detect/spectrum.h"
#include "answer-detect/tones/cadence.h"
#include "answer-detect/tones/fax.h"
#include "answer-detect/tones/peaks.h"
#include "answer-detect/tones/sit.h"
#include "answer-detect/tones/tone_runs.h"
#include "answer-detect/verdict.h"

namespace bellwether::answer_detect {

/// What one window of 10 ms tells.
struct ToneStep {
    Peaks peaks;
    Heard heard = Heard::Clearly;
    std::optional<Tone> tone;  ///< what the network plays, while it fits
};

/// The network's tones on one leg: spectrum, lines, runs and what they mean. Speech, DTMF and dial
/// tones are none of them. Seconds count from the first frame. About 4 microseconds a frame.
class ToneEngine {
public:
    /// The two windows of this frame. `hear` is called with each ToneStep, after `runs` followed
    /// it.
    template <class Hear>
    void push(Frame frame, FrameState state, Hear&& hear) {
        static constexpr std::array<std::int16_t, kFrameSamples> kNothing{};
        powers_ = spectrum_.push(state == FrameState::Audio ? frame : Frame{kNothing});
        for (std::size_t hop = 0; hop < kHopsPerFrame; ++hop) {
            hear(step(powers_[hop], state));
        }
    }

    [[nodiscard]] const ToneRuns& runs() const { return runs_; }

    /// The spectra of the last frame; frames that are no Audio count as zeros.
    [[nodiscard]] const std::array<Power, kHopsPerFrame>& powers() const { return powers_; }

    /// Begins anew: seconds count from the next frame. The noise of the line stays known.
    void restart();

    /// A tone may be beginning: too early to say that there is nothing.
    [[nodiscard]] bool pending() const;

    /// A steady tone sounds now: no voice, whatever its beginning is like.
    [[nodiscard]] bool sounding() const;

private:
    ToneStep step(const Power& power, FrameState state);

    Spectrum spectrum_;
    std::array<Power, kHopsPerFrame> powers_{};
    PeakFinder finder_;
    ToneRuns runs_;
    CadenceMatcher cadence_;
    SitMatcher sit_;
    FaxMatcher fax_;
    int unheard_ = 0;  // windows still touched by frames without sound
};

}  // namespace bellwether::answer_detect
