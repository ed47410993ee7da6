#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "answer-detect/audio.h"
#include "answer-detect/training/clip.h"
#include "base/rng.h"

namespace bellwether::answer_detect::training {

/// Sound as a leg would hear it, with where it came from. Second t of it is second
/// `(t - shift_s) * speed` of the clip.
struct HeardClip {
    std::vector<std::int16_t> pcm;   ///< whole frames
    std::vector<FrameState> states;  ///< one a frame
    double speed = 1;
    double shift_s = 0;

    [[nodiscard]] double clip_time(double t) const { return (t - shift_s) * speed; }
};

/// A clip as it is: whole frames of its first `longest_s` seconds.
[[nodiscard]] HeardClip as_recorded(const LabelledClip& clip, double longest_s);

/// Four seconds each of noises that do not depend on a clip, made once.
class NoiseShelf {
public:
    explicit NoiseShelf(std::uint64_t seed);

    enum class Kind { White, Pink, Hum };
    [[nodiscard]] std::span<const float> noise(Kind kind) const;  ///< root mean square 1

private:
    std::vector<float> white_;
    std::vector<float> pink_;
    std::vector<float> hum_;
};

/// The clip on another line: speed and pitch, earlier or later start, band, echo, noise (babble out
/// of `talkers`, which may be empty), level, coding, lost frames. The same `rng` state gives the
/// same sound.
[[nodiscard]] HeardClip on_another_line(const LabelledClip& clip, double longest_s,
                                        const NoiseShelf& shelf,
                                        std::span<const LabelledClip* const> talkers, Rng& rng);

}  // namespace bellwether::answer_detect::training
