#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/enum_names.h"

namespace bellwether::answer_detect::training {

/// What a clip holds, by the labels' own word `cls`.
enum class ClipClass { Human, Machine, Fax, Sit, Silence, Ringback, Busy, Music };

/// A clip as read: its sound and what labels.jsonl says of it. Seconds from the answer, which is
/// the clip's first sample; negative: not labelled. Labels may lie beyond the clip's end.
struct LabelledClip {
    std::string id;       ///< unique in a corpus: the file's path below the corpus' folder
    std::string speaker;  ///< "-" or empty: nobody
    std::string text;     ///< what is said; empty when not known
    std::string source;   ///< where the voice comes from
    std::string lang;
    std::string noise;  ///< kind of the noise
    ClipClass cls = ClipClass::Human;
    std::string sub;  ///< "screen", "carrier", "cn", "us-busy" ...; may be empty
    double speech_start = -1;
    double greet_end = -1;  ///< end of the first turn (people) or of the greeting (machines)
    std::vector<std::pair<double, double>> pauses;  ///< start, end: silences inside the greeting
    double beep_start = -1;
    double beep_end = -1;
    double tone_start = -1;
    double tone_end = -1;
    double snr_db = 0;              ///< speech over noise, as the clip was mixed
    double level_dbm0 = 0;          ///< of the speech
    std::vector<std::int16_t> pcm;  ///< 8000 samples a second, linear
};

/// A clip of a phone assistant that asks who is calling: neither person nor machine.
[[nodiscard]] inline bool is_screener(const LabelledClip& clip) { return clip.sub == "screen"; }

}  // namespace bellwether::answer_detect::training

namespace bellwether {
template <>
inline constexpr auto kEnumNames<answer_detect::training::ClipClass> =
    names("human", "machine", "fax", "sit", "silence", "ringback", "busy", "music");
}  // namespace bellwether
