#include "answer-detect/tones/tone_engine.h"

namespace bellwether::answer_detect {

ToneStep ToneEngine::step(const Power& power, bool sound) {
    // A window of 32 ms reaches into four hops.
    constexpr int kReach = 3;
    unheard_ = sound ? unheard_ - (unheard_ > 0 ? 1 : 0) : kReach;
    ToneStep made;
    made.heard = sound && unheard_ == 0;
    if (made.heard) made.peaks = finder_.find(power);
    runs_.follow(made.peaks, made.heard);

    const std::optional<Tone> cadence = cadence_.follow(runs_, made.peaks.level_dbm0);
    made.tone = sit_.follow(runs_);
    if (!made.tone) made.tone = fax_.follow(runs_, made.peaks);
    if (!made.tone) made.tone = cadence;
    return made;
}

bool ToneEngine::pending() const {
    // The start of CED or of a ring: longer than most vowels and shorter than what is told at once.
    constexpr double kLikelyS = 0.25;
    constexpr double kLongestS = 4;
    const double now_s = runs_.now_s();
    if (runs_.open()) {
        const double length = runs_.open()->length_s();
        if (length >= kLikelyS && length <= kLongestS) return true;
    }
    return cadence_.pending(now_s) || fax_.pending(now_s);
}

}  // namespace bellwether::answer_detect
