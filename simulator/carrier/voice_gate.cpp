#include "simulator/carrier/voice_gate.h"

#include "base/check.h"

namespace bellwether::carrier {
namespace {

constexpr std::size_t kFrameLength = 160;
// A sine of 0 dBm0 has the amplitude 32767 / 10^(3.17 / 20) (ITU-T G.711 table 5: full scale is
// +3.17 dBm0 for mu-law), so -40 dBm0 has the mean square (22748 / 100)^2 / 2.
constexpr double kLoudMeanSquare = 227.48 * 227.48 / 2;
constexpr int kSpeechFrames = 3;
constexpr int kQuietFrames = 25;
constexpr int kToneFrames = 6;
constexpr double kToneShare = 0.9;
constexpr double kTwoCosTone = 1.881761537908451;  // 2 cos(2 pi 440 / 8000)

double mean_square(std::span<const std::int16_t> frame) {
    double sum = 0;
    for (const std::int16_t sample : frame) sum += double{1} * sample * sample;
    return sum / static_cast<double>(frame.size());
}

/// Mean square of the 440 Hz part, by the Goertzel recursion (G. Goertzel, Amer. Math. Monthly 65
/// (1958) 34-35).
double tone_mean_square(std::span<const std::int16_t> frame) {
    double newer = 0;
    double older = 0;
    for (const std::int16_t sample : frame) {
        const double next = sample + kTwoCosTone * newer - older;
        older = newer;
        newer = next;
    }
    const double power = newer * newer + older * older - kTwoCosTone * newer * older;
    const auto length = static_cast<double>(frame.size());
    return 2 * power / (length * length);
}

}  // namespace

void VoiceGate::push(std::span<const std::int16_t> frame) {
    BW_CHECK(frame.size() == kFrameLength);
    const double level = mean_square(frame);
    const bool loud = level >= kLoudMeanSquare;
    loud_run_ = loud ? loud_run_ + 1 : 0;
    soft_run_ = loud ? 0 : soft_run_ + 1;
    if (loud_run_ >= kSpeechFrames) speaks_ = true;
    if (soft_run_ >= kQuietFrames) speaks_ = false;

    const bool tone = loud && tone_mean_square(frame) >= kToneShare * level;
    tone_run_ = tone ? tone_run_ + 1 : 0;
    if (tone_run_ == kToneFrames) ++tones_;
}

}  // namespace bellwether::carrier
