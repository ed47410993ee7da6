#include "dialer/media/answer_watch.h"

#include <algorithm>
#include <cmath>

namespace bellwether::media {
namespace {

constexpr double kMargin = 8.0;          // dB above the noise
constexpr double kFloor = -45.0;         // dBm0
constexpr double kRise = 2.0 * 0.02;     // dB a frame: 2 dB a second
constexpr double kNoiseCeiling = -25.0;  // dBm0: above it nobody could talk over the noise

double level_dbm0(const Frame& frame) {
    double energy = 0.0;
    for (const auto sample : frame) energy += static_cast<double>(sample) * sample;
    // 0 dBm0 is a sine of peak 22'827 (G.711 §5), a mean square of half its square.
    const double mean = std::max(1.0, energy / static_cast<double>(frame.size()));
    return 10.0 * std::log10(mean / (22'827.0 * 22'827.0 / 2.0));
}

}  // namespace

bool AnswerWatch::is_speech(const Frame& frame, FrameState state) {
    if (state != FrameState::Audio) return false;
    const double level = level_dbm0(frame);
    noise_dbm0_ = std::min(level, std::min(noise_dbm0_ + kRise, kNoiseCeiling));
    return level > std::max(kFloor, noise_dbm0_ + kMargin);
}

std::optional<AnswerEnd> AnswerWatch::take(const Frame& frame, FrameState state) {
    elapsed_ += kFrame;
    if (is_speech(frame, state)) {
        spoken_ += kFrame;
        silent_ = {};
    } else if (state != FrameState::Lost) {
        silent_ += kFrame;
    }
    if (elapsed_ >= rules_.max) return AnswerEnd::MaxLength;
    if (elapsed_ >= rules_.min && silent_ >= rules_.silence_end) return AnswerEnd::Silence;
    return std::nullopt;
}

}  // namespace bellwether::media
