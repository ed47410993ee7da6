#include "tests/answer-detect/training/small_clips.h"

#include <cmath>
#include <numbers>

#include "answer-detect/audio.h"

namespace bellwether::answer_detect::training {

LabelledClip buzz(const std::string& id, ClipClass cls, double hz) {
    LabelledClip clip;
    clip.id = id;
    clip.speaker = "voice of " + id;
    clip.text = "text of " + id;
    clip.cls = cls;
    clip.speech_start = 0.4;
    clip.greet_end = cls == ClipClass::Machine ? 3.4 : 0.9;
    std::uint32_t state = 7;
    for (int i = 0; i < 4 * kSampleRate; ++i) {
        state = state * 1664525 + 1013904223;
        const double t = static_cast<double>(i) / kSampleRate;
        double x = 0.003 * (static_cast<double>(state >> 8) / (1 << 23) - 1);
        const bool speaks = t >= clip.speech_start && t < clip.greet_end;
        for (int k = 1; speaks && k <= 6; ++k) {
            x += 0.1 * std::sin(2 * std::numbers::pi * hz * k * t) / k;
        }
        clip.pcm.push_back(static_cast<std::int16_t>(std::lround(32767 * x)));
    }
    return clip;
}

std::vector<LabelledClip> buzzing_callees(int count) {
    std::vector<LabelledClip> clips;
    for (int i = 0; i < count; ++i) {
        const auto cls = i % 2 == 0 ? ClipClass::Human : ClipClass::Machine;
        clips.push_back(buzz("clip" + std::to_string(i), cls, 110 + 9 * (i / 2)));
    }
    return clips;
}

}  // namespace bellwether::answer_detect::training
