#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/enum_names.h"

namespace bellwether::answer_detect {

/// Who or what is on the line.
enum class Verdict {
    Unsure,      ///< not known (yet): treated as a person
    Human,       ///< a person
    Machine,     ///< an answering machine or a carrier's voicemail
    Screener,    ///< a phone assistant that asks who is calling
    NoSpeech,    ///< media is there, and nobody spoke
    Fax,         ///< CED, ANSam, CNG or a V.21 preamble
    Sit,         ///< special information tones of the network
    Ringback,    ///< still ringing
    Busy,        ///< busy tone
    Congestion,  ///< reorder tone
    Music,       ///< music, and no speech
};

/// What the network plays, by its own name. Country: two letters, or empty when many share it.
struct Tone {
    Verdict kind = Verdict::Ringback;  ///< Fax, Sit, Ringback, Busy or Congestion
    std::array<char, 5> code{};        ///< "IC" "VC" "RO" "NC" "E180"; "CED" "ANS" "CNG" "V21"
    std::array<char, 3> country{};     ///< "US", "UK"; the first that fits when several do

    friend bool operator==(const Tone&, const Tone&) = default;
};

/// A beep, perhaps of two frequencies. Seconds since the answer.
struct Beep {
    double start_s = 0;
    double end_s = 0;
    std::array<float, 2> hz{};  ///< strongest first; 0: none
};

/// On what a verdict rests. Seconds since the answer; negative: not yet.
struct Evidence {
    double onset_s = -1;       ///< of the first speech
    double first_burst_s = 0;  ///< length of the first run of speech
    double speech_s = 0;       ///< all speech so far
    double longest_run_s = 0;  ///< of speech without a pause of 200 ms
    int bursts = 0;            ///< runs of speech
    double pause_s = 0;        ///< the present pause
    float floor_dbm0 = -96;    ///< noise under the speech
    float snr_db = 0;          ///< speech over noise
    float log_odds = 0;        ///< of a machine, calibrated, priors included
    float prior_log_odds = 0;  ///< the share of them that was known before a word was heard
    float threshold = 0;       ///< log-odds that this verdict had to pass
    int frames_lost = 0;
    std::uint32_t weights_version = 0;  ///< of the model in force; 0: tones alone

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("onset_s", self.onset_s);
        visit("first_burst_s", self.first_burst_s);
        visit("speech_s", self.speech_s);
        visit("longest_run_s", self.longest_run_s);
        visit("bursts", self.bursts);
        visit("pause_s", self.pause_s);
        visit("floor_dbm0", self.floor_dbm0);
        visit("snr_db", self.snr_db);
        visit("log_odds", self.log_odds);
        visit("prior_log_odds", self.prior_log_odds);
        visit("threshold", self.threshold);
        visit("frames_lost", self.frames_lost);
        visit("weights_version", self.weights_version);
    }
    friend bool operator==(const Evidence&, const Evidence&) = default;
};

enum class EventKind {
    SpeechStart,  ///< onset of the first speech
    Verdict,      ///< the first final verdict, once
    Revised,      ///< a later verdict that differs: a person speaks after MACHINE, say
    GreetingEnd,  ///< the first turn of the far end is over; starts the two-second legal timer
    BeepStart,
    BeepEnd,
};

struct Event {
    EventKind kind = EventKind::SpeechStart;
    double at_s = 0;  ///< when it was known, seconds since the answer; negative: before it
    Verdict verdict = Verdict::Unsure;  ///< of Verdict and Revised
    float p_machine = 0.5;
    double since_s = 0;        ///< when what is told began or ended (onset, end of greeting)
    std::optional<Tone> tone;  ///< of Fax, Sit, Ringback, Busy, Congestion
    std::optional<Beep> beep;  ///< of BeepStart (end 0) and BeepEnd
    Evidence evidence;
};

}  // namespace bellwether::answer_detect

namespace bellwether {
template <>
inline constexpr auto kEnumNames<answer_detect::Verdict> = names("UNSURE", "HUMAN", "MACHINE",
                                                                 "SCREENER", "NO_SPEECH", "FAX",
                                                                 "SIT", "RINGBACK", "BUSY",
                                                                 "CONGESTION", "MUSIC");
}  // namespace bellwether
