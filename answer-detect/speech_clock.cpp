#include "answer-detect/speech_clock.h"

#include <algorithm>

namespace bellwether::answer_detect {
namespace {

constexpr double kStepS = 0.040;
// Hysteresis: a breath is no word, and the closure of a "t" no pause.
constexpr float kVoiceOn = 0.6F;
constexpr float kVoiceOff = 0.4F;
constexpr float kVoiceSure = 0.5F;  // for the measure of how it stands over the noise
constexpr float kVoiceMaybe = 0.5F;
constexpr int kStepsToBegin = 3;  // 120 ms: "hi" lasts 200
constexpr int kStepsToResume = 2;
constexpr int kStepsToPause = 2;
// The onset must be as loud as a telephone's quietest speaker, and stand out of the noise: the
// chatter of a room is voices, too, at -50 dBm0.
constexpr float kFaintestDbm0 = -47;
constexpr float kOverNoiseDb = 4;
constexpr float kClearlyOverNoiseDb = 8;
constexpr int kLoudSteps = 2;
constexpr double kSameRunS = 0.2;  // Evidence::longest_run_s

// What stands far out of the noise is more likely a voice than the model, which knows no levels,
// makes of it.
float raised(float level_dbm0, float floor_dbm0) {
    constexpr float kFromDb = 10;
    constexpr float kToDb = 25;
    constexpr float kMost = 0.3F;
    constexpr float kQuietDbm0 = -42;
    if (level_dbm0 < kQuietDbm0) return 0;
    const float over = std::clamp(level_dbm0 - floor_dbm0, kFromDb, kToDb);
    return kMost * (over - kFromDb) / (kToDb - kFromDb);
}

}  // namespace

void SpeechClock::step(float voice, float level_dbm0, float floor_dbm0, double now_s) {
    now_s_ = now_s;
    const bool loud = level_dbm0 >= kFaintestDbm0 && level_dbm0 >= floor_dbm0 + kOverNoiseDb;
    const bool voiced =
        voice + raised(level_dbm0, floor_dbm0) >= (speaking_ ? kVoiceOff : kVoiceOn);
    voiced_ = voiced ? voiced_ + 1 : 0;
    if (voiced_ == 0) loud_ = 0;
    if (voiced_ > 0 && loud) ++loud_;
    const bool clear = level_dbm0 >= floor_dbm0 + kClearlyOverNoiseDb;
    if (loud && clear && voice >= kVoiceMaybe) maybe_s_ += kStepS;
    unvoiced_ = voiced_ > 0 ? 0 : unvoiced_ + 1;
    if (voice >= kVoiceSure) {
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
        pause_before_run_s_ = bursts_ > 0 ? start_s - last_voice_s_ : 0;
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
