#include "answer-detect/evaluation/breakdown.h"

#include <array>
#include <cstddef>
#include <span>

namespace bellwether::answer_detect::evaluation {
namespace {

/// "under 10", "10 to 20", "30 and more": where a value lies between edges that rise.
template <std::size_t count>
std::string range_of(double value, const std::array<int, count>& edges) {
    if (value < edges.front()) return "under " + std::to_string(edges.front());
    for (std::size_t i = 1; i < count; ++i) {
        if (value < edges[i]) {
            return std::to_string(edges[i - 1]) + " to " + std::to_string(edges[i]);
        }
    }
    return std::to_string(edges.back()) + " and more";
}

/// "tts:espeak" and "prompt:somebody" by what stands before the speaker's name.
std::string kind_of_source(const std::string& source) {
    const auto colon = source.find(':');
    return source.rfind("prompt", 0) == 0 && colon != std::string::npos ? source.substr(0, colon)
                                                                        : source;
}

std::string greeting_of(const training::LabelledClip& clip) {
    if (clip.greet_end < 0 || clip.speech_start < 0) return "not labelled";
    return range_of(clip.greet_end - clip.speech_start, std::array{1, 2, 3, 5, 8});
}

}  // namespace

bool is_clean_short(const training::LabelledClip& clip) {
    constexpr double kSnrDb = 20;
    constexpr double kLevelDbm0 = -27;
    constexpr double kFirstWordS = 1.5;
    constexpr double kGreetingS = 1.0;
    return clip.snr_db >= kSnrDb && clip.level_dbm0 >= kLevelDbm0 && clip.speech_start >= 0 &&
           clip.speech_start <= kFirstWordS && clip.greet_end >= 0 &&
           clip.greet_end - clip.speech_start <= kGreetingS;
}

void Breakdown::add(const training::LabelledClip& clip, double length_s, const Heard& heard) {
    const Verdict right = expected(clip);
    if (right != Verdict::Human && right != Verdict::Machine) return;
    const bool is_human = right == Verdict::Human;
    const bool called_machine = heard.verdict == Verdict::Machine;
    const bool whole = clip.greet_end <= length_s;
    const std::array<std::pair<const char*, std::string>, 7> properties{{
        {"language", clip.lang},
        {"noise", clip.noise},
        {"snr_db", range_of(clip.snr_db, std::array{10, 15, 20, 30})},
        {"level_dbm0", range_of(clip.level_dbm0, std::array{-30, -25, -20, -15})},
        {"source", kind_of_source(clip.source)},
        {"greeting_s", whole ? greeting_of(clip) : "beyond the clip"},
        {"clean_short", is_clean_short(clip) ? "yes" : "no"},
    }};
    for (const auto& [property, value] : properties) {
        Row& row = tables_[property][value];
        (is_human ? row.human_to_machine : row.machine_recall).add(called_machine);
    }
}

}  // namespace bellwether::answer_detect::evaluation
