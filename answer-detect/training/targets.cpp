#include "answer-detect/training/targets.h"

#include <algorithm>
#include <span>

#include "answer-detect/audio.h"
#include "answer-detect/spectrum.h"

namespace bellwether::answer_detect::training {
namespace {

constexpr std::size_t kPieceSamples = 80;  // 10 ms
constexpr double kPieceS = 0.010;
constexpr std::size_t kShortGap = 16;  // 160 ms: the closure of a plosive, a breath
constexpr float kUnderLoudest = 24;    // dB: quieter than this is not the voice
constexpr float kOverFloor = 5;        // dB
constexpr double kAfterEndS = 0.1;     // an end is labelled no better than this

// When the machine's question matters. The decider asks from half a second on.
constexpr double kEarlyS = 0.6;
constexpr double kLateS = 5.0;
constexpr double kPersonHeardS = 4.0;   // after the end of a person's greeting
constexpr double kMachineHeardS = 1.0;  // after the end of a machine's

bool is_speech(const LabelledClip& clip) {
    return clip.speech_start >= 0 &&
           (clip.cls == ClipClass::Human || clip.cls == ClipClass::Machine);
}

std::vector<float> levels_of(const LabelledClip& clip) {
    std::vector<float> levels;
    for (std::size_t at = 0; at + kPieceSamples <= clip.pcm.size(); at += kPieceSamples) {
        float sum = 0;
        for (std::size_t i = 0; i < kPieceSamples; ++i) {
            const float s = static_cast<float>(clip.pcm[at + i]) * (1.0F / 32768);
            sum += s * s;
        }
        levels.push_back(dbm0(sum / static_cast<float>(kPieceSamples)));
    }
    return levels;
}

float percentile(std::vector<float> values, double share) {
    if (values.empty()) return -96;
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
}

std::size_t piece_of(double t, std::size_t count) {
    return std::min(count, static_cast<std::size_t>(std::max(0.0, t) / kPieceS));
}

void close_short_gaps(std::span<Activity> pieces) {
    std::size_t last_voice = pieces.size();
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i] != Activity::Yes) continue;
        if (last_voice < i && i - last_voice <= kShortGap) {
            std::fill(pieces.begin() + static_cast<std::ptrdiff_t>(last_voice),
                      pieces.begin() + static_cast<std::ptrdiff_t>(i), Activity::Yes);
        }
        last_voice = i;
    }
}

void mark_greeting(const LabelledClip& clip, const std::vector<float>& levels,
                   std::span<Activity> pieces) {
    const auto first = piece_of(clip.speech_start, levels.size());
    const auto last = std::max(first, piece_of(clip.greet_end, levels.size()));
    const std::vector<float> spoken(levels.begin() + static_cast<std::ptrdiff_t>(first),
                                    levels.begin() + static_cast<std::ptrdiff_t>(last));
    const float gate =
        std::max(percentile(spoken, 0.95) - kUnderLoudest, percentile(levels, 0.08) + kOverFloor);
    for (auto i = first; i < last; ++i) {
        pieces[i] = levels[i] > gate ? Activity::Yes : Activity::No;
    }
    close_short_gaps(pieces.subspan(first, last - first));
    for (const auto& [start, end] : clip.pauses) {
        const auto to = piece_of(end, levels.size());
        for (auto i = piece_of(start, levels.size()); i < to; ++i) pieces[i] = Activity::No;
    }
}

void ask_machine(const LabelledClip& clip, double t, Target& target) {
    const double since = t - clip.speech_start;
    const bool is_machine = clip.cls == ClipClass::Machine;
    const double until = clip.greet_end + (is_machine ? kMachineHeardS : kPersonHeardS);
    if (since < 0 || t > until) return;
    const float weight = since < kEarlyS ? 0.3F : since < kLateS ? 1.0F : 0.4F;
    target.screener = is_screener(clip) ? 1.0F : 0.0F;
    target.screener_weight = is_screener(clip) ? 1.0F : 0.3F;
    if (is_screener(clip)) return;  // neither a person nor a machine
    target.machine = is_machine ? 1.0F : 0.0F;
    target.machine_weight = weight;
}

}  // namespace

std::vector<Activity> voice_activity(const LabelledClip& clip) {
    const auto levels = levels_of(clip);
    std::vector<Activity> pieces(levels.size(), Activity::No);
    if (is_speech(clip)) {
        mark_greeting(clip, levels, pieces);
        if (clip.cls == ClipClass::Human) {  // perhaps a second hello, which nobody labelled
            const auto after = piece_of(clip.greet_end + kAfterEndS, pieces.size());
            std::fill(pieces.begin() + static_cast<std::ptrdiff_t>(after), pieces.end(),
                      Activity::Unknown);
        }
    } else if (clip.cls == ClipClass::Sit) {  // an announcement may follow the tones
        const auto after = piece_of(clip.tone_end, pieces.size());
        std::fill(pieces.begin() + static_cast<std::ptrdiff_t>(after), pieces.end(),
                  Activity::Unknown);
    }
    return pieces;
}

Target target_at(const LabelledClip& clip, const std::vector<Activity>& activity, double t) {
    Target target;
    const auto piece = static_cast<std::size_t>(std::max(0.0, t) / kPieceS);
    if (piece < activity.size() && activity[piece] != Activity::Unknown) {
        target.voice = activity[piece] == Activity::Yes ? 1.0F : 0.0F;
        target.voice_weight = 0.3F;
    }
    if (is_speech(clip)) {
        ask_machine(clip, t, target);
        // Before the first word there may be music, which the labels do not place.
        target.music_weight = t < clip.speech_start ? 0.0F : 0.15F;
    } else {
        target.music = clip.cls == ClipClass::Music ? 1.0F : 0.0F;
        target.music_weight = target.music > 0 ? 1.0F : 0.3F;
    }
    return target;
}

}  // namespace bellwether::answer_detect::training
