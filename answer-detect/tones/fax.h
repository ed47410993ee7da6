#pragma once

#include <optional>

#include "answer-detect/tones/tone_runs.h"
#include "answer-detect/verdict.h"

namespace bellwether::answer_detect {

/// Recognises fax machines and modems: CED (2100 Hz), ANSam (the same, pulsing and reversing), CNG
/// (1100 Hz, half a second every 3.5 s) and the V.21 preamble that follows an answer.
class FaxMatcher {
public:
    /// One step of 10 ms, after `runs` has followed it.
    std::optional<Tone> follow(const ToneRuns& runs, const Peaks& peaks);

    /// A burst that may be the first of CNG was heard a moment ago.
    [[nodiscard]] bool pending(double now_s) const;

private:
    std::optional<Tone> answer_tone(const ToneRuns& runs, float level_dbm0);
    std::optional<Tone> calling_tone(const ToneRuns& runs, const Peaks& peaks);
    std::optional<Tone> preamble(const Peaks& peaks);

    double level_sum_ = 0;  // of the answer tone's windows, and of their squares
    double level_squares_ = 0;
    int level_windows_ = 0;
    ToneRun before_;  // the newest that may be CNG, whole or in parts
    double cng_start_s_ = -1;
    double cng_end_s_ = -1;
    float cng_level_dbm0_ = -96;
    int loud_since_ = 0;  // windows
    int preamble_windows_ = 0;
};

}  // namespace bellwether::answer_detect
