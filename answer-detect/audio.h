#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace bellwether::answer_detect {

inline constexpr int kSampleRate = 8000;           ///< Hz, of everything that is listened to
inline constexpr std::size_t kFrameSamples = 160;  ///< samples of one frame
inline constexpr double kFrameS = 0.020;           ///< length of one frame
inline constexpr int kFramesPerStep = 2;           ///< the greeting model hears 40 ms at a time

using Frame = std::span<const std::int16_t, kFrameSamples>;  ///< linear 16 bit, full scale 32767

/// What a frame's samples stand for. Only Audio is evidence of anything but its own absence.
enum class FrameState {
    Audio,         ///< decoded speech or noise
    Lost,          ///< no packet in time: the samples are concealment
    ComfortNoise,  ///< the far end said that it is silent
    Silence,       ///< digital silence: no media path yet, or muted
};

/// What a frame of a recording is: no sample above G.711's smallest step is Silence.
[[nodiscard]] inline FrameState state_of(Frame frame) {
    constexpr int smallest_step = 8;
    const bool is_silent = std::all_of(frame.begin(), frame.end(), [](std::int16_t sample) {
        return sample >= -smallest_step && sample <= smallest_step;
    });
    return is_silent ? FrameState::Silence : FrameState::Audio;
}

}  // namespace bellwether::answer_detect
