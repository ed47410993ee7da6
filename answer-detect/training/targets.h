#pragma once

#include <cstdint>
#include <vector>

#include "answer-detect/training/clip.h"

namespace bellwether::answer_detect::training {

/// Is anybody speaking, as far as energy and labels tell.
enum class Activity : std::int8_t { No, Yes, Unknown };

/// One answer for each 10 ms of the clip.
[[nodiscard]] std::vector<Activity> voice_activity(const LabelledClip& clip);

/// What the network should say at one moment, and how much it matters: 0 is not asked.
struct Target {
    float machine = 0;
    float machine_weight = 0;
    float screener = 0;
    float screener_weight = 0;
    float music = 0;
    float music_weight = 0;
    float voice = 0;
    float voice_weight = 0;
};

/// At `t` seconds of the clip.
[[nodiscard]] Target target_at(const LabelledClip& clip, const std::vector<Activity>& activity,
                               double t);

}  // namespace bellwether::answer_detect::training
