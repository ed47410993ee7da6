#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "answer-detect/audio.h"
#include "answer-detect/spectrum.h"

namespace bellwether::answer_detect {

/// Of the features below; a model trained on other features must not be used with these.
inline constexpr std::uint32_t kFeatureVersion = 1;

inline constexpr std::size_t kMelBands = 24;

/// What the model hears of one step. Decibels are divided by 20, so that all are about -3 .. 3.
struct Feature {
    static constexpr std::size_t kBand = 0;               ///< first of 24: band below the slow peak
    static constexpr std::size_t kLevel = kMelBands;      ///< level below the slow peak
    static constexpr std::size_t kFloor = kLevel + 1;     ///< noise floor below the slow peak
    static constexpr std::size_t kPeriodic = kFloor + 1;  ///< autocorrelation peak, 0 .. 1
    static constexpr std::size_t kPitch = kPeriodic + 1;  ///< octaves above 160 Hz; 0: no pitch
    static constexpr std::size_t kFlatness = kPitch + 1;  ///< geometric over arithmetic mean
    static constexpr std::size_t kMissing = kFlatness + 1;  ///< share of frames that are no audio
    static constexpr std::size_t kQuiet = kMissing + 1;     ///< log of the time since it was loud
    static constexpr std::size_t kSince = kQuiet + 1;  ///< log of the time since the first sound
    static constexpr std::size_t kCount = kSince + 1;
};

using Features = std::array<float, Feature::kCount>;

/// Turns frames into what the greeting model hears: one set of features each two frames (40 ms).
/// Level, noise floor and peak are its memory. No allocation; one thread at a time.
class FrontEnd {
public:
    /// `powers`: of this frame, from a Spectrum that was given zeros for frames that are no Audio.
    /// True when a step is complete: features() and the levels are new.
    bool push(const std::array<Power, kHopsPerFrame>& powers, FrameState state);

    [[nodiscard]] const Features& features() const { return features_; }
    [[nodiscard]] float level_dbm0() const { return level_; }
    [[nodiscard]] float floor_dbm0() const { return floor_; }

private:
    void finish_step();
    void follow_levels();
    void describe_sound();
    void describe_nothing();
    void count_time();

    static constexpr std::size_t kFloorSteps = 50;  // 2 s
    static constexpr std::size_t kFloorRange = 97;  // 0 .. -96 dBm0, in steps of 1 dB

    Power sum_{};  // over the step's windows of audio
    int windows_ = 0;
    int frames_ = 0;
    int frames_missing_ = 0;

    float level_ = -96;
    float floor_ = -96;
    float peak_ = -96;
    bool has_heard_ = false;  // any audio at all
    std::array<std::uint8_t, kFloorSteps> levels_{};
    std::array<std::uint8_t, kFloorRange> histogram_{};
    std::size_t steps_heard_ = 0;

    float quiet_s_ = 0;
    float since_s_ = -1;  // negative: nothing loud yet
    Features features_{};
};

}  // namespace bellwether::answer_detect
