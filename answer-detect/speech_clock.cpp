#include "answer-detect/speech_clock.h"

#include <algorithm>

namespace bellwether::answer_detect {
namespace {

constexpr double kStepS = 0.040;
// Hysteresis: a breath is no word, and the closure of a "t" no pause.
constexpr float kVoiceOn = 0.6F;
constexpr float kVoiceOff = 0.4F;
constexpr int kStepsToBegin = 3;  // 120 ms: "hi" lasts 200
constexpr int kStepsToResume = 2;
constexpr int kStepsToPause = 2;
// The onset must be as loud as a telephone's quietest speaker, and stand out of the noise: the
// chatter of a room is voices, too, at -50 dBm0.
constexpr float kFaintestDbm0 = -47;
constexpr float kOverNoiseDb = 4;
constexpr int kLoudSteps = 2;
constexpr double kSameRunS = 0.2;  // Evidence::longest_run_s

}  // namespace

void SpeechClock::step(float voice, float level_dbm0, float floor_dbm0, double now_s) {
    now_s_ = now_s;
    const bool loud = level_dbm0 >= kFaintestDbm0 && level_dbm0 >= floor_dbm0 + kOverNoiseDb;
    const bool voiced = voice >= kVoiceOn || (speaking_ && voice >= kVoiceOff);
    voiced_ = voiced ? voiced_ + 1 : 0;
    loud_ = loud ? loud_ + 1 : std::max(0, loud_ - 1);
    unvoiced_ = voiced_ > 0 ? 0 : unvoiced_ + 1;
    if (voiced_ > 0) {
        level_sum_ += static_cast<double>(level_dbm0 - floor_dbm0);
        ++level_steps_;
    }
    const int needed = started() ? kStepsToResume : kStepsToBegin;
    if (!speaking_ && voiced_ >= needed && (started() || loud_ >= kLoudSteps)) {
        speak(now_s);
    } else if (speaking_ && voiced_ > 0) {
        speech_s_ += now_s - last_voice_s_;
        last_voice_s_ = now_s;
    } else if (speaking_ && unvoiced_ >= kStepsToPause) {
        speaking_ = false;
    }
    if (started()) measure();
}

void SpeechClock::speak(double now_s) {
    const double start_s = std::max(0.0, now_s - voiced_ * kStepS);
    if (!started()) onset_s_ = start_s;
    if (bursts_ == 0 || start_s - last_voice_s_ >= kSameRunS) {
        run_start_s_ = start_s;
        ++bursts_;
    }
    speech_s_ += now_s - start_s;
    last_voice_s_ = now_s;
    speaking_ = true;
}

void SpeechClock::measure() {
    longest_run_s_ = std::max(longest_run_s_, run_s());
    if (bursts_ == 1) first_burst_s_ = run_s();
}

double SpeechClock::since_onset_s() const { return started() ? now_s_ - onset_s_ : 0; }

double SpeechClock::pause_s() const { return started() && !speaking_ ? now_s_ - last_voice_s_ : 0; }

double SpeechClock::run_s() const { return started() ? last_voice_s_ - run_start_s_ : 0; }

float SpeechClock::snr_db() const {
    return level_steps_ > 0 ? static_cast<float>(level_sum_ / level_steps_) : 0;
}

}  // namespace bellwether::answer_detect
