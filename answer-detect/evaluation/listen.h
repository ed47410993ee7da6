#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "answer-detect/analyzer.h"

namespace bellwether::answer_detect::evaluation {

/// What the posterior was at a moment, seconds since the answer.
struct Moment {
    double at_s = 0;
    float p_machine = 0.5F;
};

/// What a recording was heard to be, its first sample being the answer.
struct Heard {
    Verdict verdict = Verdict::Unsure;  ///< the first final one
    std::optional<double> at_s;         ///< when it was known; nothing after it was listened to
    float p_machine = 0.5F;             ///< then, or at the end without a verdict
    std::optional<double> speech_start_s;
    std::optional<double> greeting_end_s;
    std::vector<Beep> beeps;        ///< one that still sounds at the end ends there
    std::optional<Tone> tone;       ///< the first of the network
    std::vector<Moment> posterior;  ///< each 0.1 s
    Evidence evidence;              ///< of the verdict, or at the end
    std::size_t frames = 0;         ///< listened to
};

enum class Until { End, Verdict };

/// Plays a recording to an analyzer, frame by frame as a call would; a rest shorter than a frame is
/// not heard. `until` Verdict stops there.
[[nodiscard]] Heard listen(std::span<const std::int16_t> pcm, const GreetingModel* model,
                           const Policy& policy, Until until = Until::End);

}  // namespace bellwether::answer_detect::evaluation
