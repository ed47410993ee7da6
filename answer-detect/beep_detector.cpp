#include "answer-detect/beep_detector.h"

#include <algorithm>
#include <cmath>

namespace bellwether::answer_detect {
namespace {

// Thresholds: measured, docs/answer-detect.md (recall and false beeps on the dev clips).
constexpr double kShortestS = 0.15;
constexpr double kToTellS = 0.30;  // before that, a note of music may still turn into another
constexpr double kLongestS = 2.0;
constexpr float kLowestHz = 420;  // of the strongest line: below are voices
constexpr float kHighestHz = 2400;
constexpr float kPure = 0.95F;      // a telephone's tone, even through GSM coding
constexpr float kPureWobbleHz = 6;  // GSM coding and lost frames; a voice glides more
constexpr float kPureWidthHz = 34;
constexpr float kPairWidthHz = 46;  // two lines 75 Hz apart, when long enough to be sure
constexpr float kPairWobbleHz = 3.5F;
constexpr float kPairPure = 0.90F;
constexpr double kPairS = 0.35;
constexpr float kNoisy = 0.80F;  // in the noise of a street
constexpr double kNoisyS = 0.20;
constexpr float kNoisyWobbleHz = 4;
constexpr float kNoisyWidthHz = 27;
constexpr float kOverVoicesHz = 900;   // a line as strong as all else up here is no vowel's
constexpr float kUnderLoudestDb = 22;  // fainter tones are a television's
constexpr float kForgetDb = 0.01F;     // a window: 1 dB a second
constexpr double kTwoStepGapS = 0.06;
constexpr double kShortestStepS = 0.05;
constexpr float kPureStep = 0.96F;
constexpr float kOctaveOff = 0.02F;

// A line with one at half its frequency is a voice's or an instrument's second harmonic.
bool over_its_half(const ToneRun& run) {
    return run.hz[1] > 0 && std::abs(2 * run.hz[1] / run.hz[0] - 1) < kOctaveOff;
}

Beep beep_of(const ToneRun& run) {
    return {.start_s = run.start_s, .end_s = run.end_s, .hz = run.hz};
}

}  // namespace

BeepDetector::Step BeepDetector::follow(const ToneRuns& runs, const Peaks& peaks,
                                        bool after_speech) {
    Step step;
    after_speech_ = after_speech;
    if (runs.closed()) close(runs, step);
    const bool goes_on = runs.open() && (started_ || first_);
    if (runs.open() && !started_ && !first_ && runs.open()->length_s() >= kToTellS &&
        is_beep(*runs.open())) {
        started_ = true;
        step.started = beep_of(*runs.open());
        step.started->end_s = 0;
    }
    if (!runs.open() && !goes_on) {
        loudest_dbm0_ = std::max(loudest_dbm0_ - kForgetDb, peaks.level_dbm0);
    }
    return step;
}

bool BeepDetector::is_beep(const ToneRun& run) const {
    const double length = run.length_s();
    const float highest = std::max(run.hz[0], run.hz[1]);
    if (!after_speech_ || length < kShortestS || length > kLongestS || run.hz[0] < kLowestHz ||
        highest > kHighestHz || over_its_half(run) ||
        run.level_dbm0 < loudest_dbm0_ - kUnderLoudestDb) {
        return false;
    }
    const bool pair = run.purity >= kPairPure && length >= kPairS &&
                      run.wobble_hz <= kPairWobbleHz && run.width_hz <= kPairWidthHz;
    if (pair && run.width_hz > kNoisyWidthHz) return true;
    if (run.purity >= kPure) {
        return run.wobble_hz <= kPureWobbleHz && run.width_hz <= kPureWidthHz;
    }
    const bool voiced = run.hz[1] > 0 && run.hz[1] < kLowestHz && run.hz[0] < kOverVoicesHz;
    return run.purity >= kNoisy && length >= kNoisyS && run.wobble_hz <= kNoisyWobbleHz &&
           run.width_hz <= kNoisyWidthHz && !voiced;
}

// Two short steps make one beep where each alone would be too short to be sure of.
bool BeepDetector::is_second_step(const ToneRun& run) const {
    const auto is_step = [this](const ToneRun& step) {
        return step.length_s() >= kShortestStepS && step.hz[0] >= kLowestHz &&
               step.hz[0] <= kHighestHz && step.hz[1] == 0 && step.purity >= kPureStep &&
               step.wobble_hz <= kPureWobbleHz && step.width_hz <= kPureWidthHz &&
               step.level_dbm0 >= loudest_dbm0_ - kUnderLoudestDb;
    };
    return after_speech_ && run.start_s - before_.end_s <= kTwoStepGapS &&
           run.end_s - before_.start_s >= kShortestS && is_step(before_) && is_step(run);
}

void BeepDetector::close(const ToneRuns& runs, Step& step) {
    const ToneRun& run = *runs.closed();
    if (!first_ && !started_ && is_second_step(run)) first_ = beep_of(before_);
    before_ = run;
    if (!first_ && !started_ && !is_beep(run)) return;
    Beep beep = beep_of(run);
    if (first_) {
        beep = {.start_s = first_->start_s, .end_s = run.end_s, .hz = {first_->hz[0], run.hz[0]}};
    }
    const bool second = runs.open() && runs.open()->start_s - run.end_s <= kTwoStepGapS &&
                        runs.open()->purity >= kNoisy;
    if (second && !first_) {
        first_ = beep;
        return;
    }
    if (!started_) {
        step.started = beep;
        step.started->end_s = 0;
    }
    step.ended = beep;
    started_ = false;
    first_.reset();
}

}  // namespace bellwether::answer_detect
