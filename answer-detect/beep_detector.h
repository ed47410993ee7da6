#pragma once

#include <optional>

#include "answer-detect/tones/tone_runs.h"
#include "answer-detect/verdict.h"

namespace bellwether::answer_detect {

/// Finds the beep after which a voicemail records: one or two steady lines, or one after the other,
/// 0.11 to 2 s, after somebody spoke. A ringing tone comes before speech, and a held vowel is never
/// so pure. Seconds on the axis of the runs.
class BeepDetector {
public:
    struct Step {
        std::optional<Beep> started;  ///< the beep goes on: 0.3 s of it were heard
        std::optional<Beep> ended;    ///< a beep is over; of a short one both come at once
    };

    /// One step of 10 ms, after `runs` has followed it.
    Step follow(const ToneRuns& runs, const Peaks& peaks, bool after_speech);

private:
    [[nodiscard]] bool is_beep(const ToneRun& run) const;
    [[nodiscard]] bool is_second_step(const ToneRun& run) const;
    void close(const ToneRuns& runs, Step& step);

    float loudest_dbm0_ = -96;  // slowly forgotten: a beep is about as loud as the greeting
    bool after_speech_ = false;
    bool started_ = false;
    ToneRun before_;             // the newest that ended and was no beep by itself
    std::optional<Beep> first_;  // of a beep in two steps, while the second goes on
};

}  // namespace bellwether::answer_detect
