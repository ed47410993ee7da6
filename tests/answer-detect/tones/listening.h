#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "answer-detect/tones/tone_engine.h"
#include "tests/answer-detect/sounds.h"

namespace bellwether::answer_detect {

/// What the tone engine makes of a whole sound.
struct Heeded {
    std::vector<ToneRun> runs;   ///< all that ended
    std::vector<Tone> tones;     ///< each as it first appears
    std::vector<double> tone_s;  ///< when
};

/// `state_of_frame`: what is said of the n-th frame; Audio when not given.
inline Heeded listen_to(const Sound& sound,
                        const std::function<FrameState(std::size_t)>& state_of_frame = nullptr) {
    const auto pcm = sound.pcm();
    ToneEngine engine;
    Heeded heeded;
    for (std::size_t n = 0; n * kFrameSamples < pcm.size(); ++n) {
        const FrameState state = state_of_frame ? state_of_frame(n) : FrameState::Audio;
        engine.push(frame_of(pcm, n), state, [&](const ToneStep& step) {
            if (engine.runs().closed()) heeded.runs.push_back(*engine.runs().closed());
            if (!step.tone) return;
            if (!heeded.tones.empty() && heeded.tones.back() == *step.tone) return;
            heeded.tones.push_back(*step.tone);
            heeded.tone_s.push_back(engine.runs().now_s());
        });
    }
    return heeded;
}

}  // namespace bellwether::answer_detect
