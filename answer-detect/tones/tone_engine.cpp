#include "answer-detect/tones/tone_engine.h"

#include <algorithm>

namespace bellwether::answer_detect {

namespace {

Heard worth(FrameState state, int unheard) {
    if (state == FrameState::Audio) return unheard == 0 ? Heard::Clearly : Heard::InPart;
    return state == FrameState::Lost ? Heard::InPart : Heard::Silence;
}

}  // namespace

ToneStep ToneEngine::step(const Power& power, FrameState state) {
    // A window of 32 ms reaches into four hops.
    constexpr int kReach = 3;
    unheard_ = state == FrameState::Audio ? std::max(0, unheard_ - 1) : kReach;
    ToneStep made;
    made.heard = worth(state, unheard_);
    if (made.heard == Heard::Clearly) made.peaks = finder_.find(power);
    runs_.follow(made.peaks, made.heard);

    const std::optional<Tone> cadence = cadence_.follow(runs_, made.peaks.level_dbm0);
    made.tone = sit_.follow(runs_);
    if (!made.tone) made.tone = fax_.follow(runs_, made.peaks);
    if (!made.tone) made.tone = cadence;
    return made;
}

void ToneEngine::restart() {
    runs_ = {};
    cadence_ = {};
    sit_ = {};
    fax_ = {};
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

bool ToneEngine::sounding() const {
    // A vowel is as pure as this for a moment only, and low; a cadence's next burst is known
    // sooner.
    constexpr double kSteadyS = 0.2;
    constexpr float kPure = 0.9F;
    constexpr double kSoonS = 0.05;
    constexpr float kVeryPure = 0.97F;
    constexpr float kStillHz = 4;
    constexpr float kOverVoicesHz = 370;
    if (!runs_.open() || runs_.open()->purity < kPure) return false;
    const ToneRun& run = *runs_.open();
    const bool again = cadence_.pending(runs_.now_s()) || fax_.pending(runs_.now_s());
    const bool plain = run.purity >= kVeryPure && run.wobble_hz <= kStillHz &&
                       run.hz[0] >= kOverVoicesHz && run.length_s() >= kSoonS;
    return again || plain || run.length_s() >= kSteadyS;
}

}  // namespace bellwether::answer_detect
