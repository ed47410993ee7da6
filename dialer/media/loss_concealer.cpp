#include "dialer/media/loss_concealer.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace bellwether::media {
namespace {

constexpr std::size_t kSpan =
    160;  // samples compared in the pitch search: 20 ms (appendix I §I.2.2)
constexpr std::size_t kFullLevel = 80;  // 10 ms, §I.2.7
constexpr std::size_t kFadedOut = 480;  // 60 ms, §I.2.7
constexpr std::size_t kBlend = 40;      // 5 ms back into speech

// How alike the newest span and the one `lag` before it are, -1 to 1.
double likeness(std::span<const std::int16_t> history, std::size_t lag) {
    const auto newest = history.last(kSpan);
    const auto older = history.subspan(history.size() - kSpan - lag, kSpan);
    double product = 0.0;
    double energy = 1.0;  // against division by zero in silence
    for (std::size_t i = 0; i < kSpan; ++i) {
        product += static_cast<double>(newest[i]) * older[i];
        energy += static_cast<double>(older[i]) * older[i];
    }
    return product / std::sqrt(energy);
}

std::int16_t to_sample(float value) {
    return saturate(static_cast<std::int32_t>(std::lround(value)));
}

}  // namespace

void LossConcealer::take(Frame& frame) {
    if (missing_ > 0) {
        for (std::size_t i = 0; i < kBlend; ++i) {
            const float weight = (static_cast<float>(i) + 0.5F) / static_cast<float>(kBlend);
            frame[i] =
                to_sample((1.0F - weight) * next_sample() + weight * static_cast<float>(frame[i]));
        }
    }
    missing_ = 0;
    std::copy(history_.begin() + kFrameSamples, history_.end(), history_.begin());
    std::copy(frame.begin(), frame.end(), history_.end() - kFrameSamples);
}

void LossConcealer::conceal(Frame& frame) {
    if (missing_ == 0) find_pitch();
    if (missing_ >= kFadedOut) {
        frame = kSilentFrame;
        return;
    }
    for (auto& sample : frame) sample = to_sample(next_sample());
}

void LossConcealer::find_pitch() {
    double best = -2.0 * 32'768.0 * kSpan;
    for (std::size_t lag = kPitchMin; lag <= kPitchMax; ++lag) {
        const double found = likeness(history_, lag);
        if (found <= best) continue;
        best = found;
        pitch_ = lag;
    }
    // The end of the period is blended with what stood before its beginning, so that it joins
    // itself.
    const auto last = std::span{history_}.last(pitch_);
    const auto before = std::span{history_}.subspan(kHistory - 2 * pitch_, pitch_);
    const std::size_t plain = pitch_ - pitch_ / 4;
    for (std::size_t i = 0; i < pitch_; ++i) {
        const float weight =
            i < plain ? 0.0F
                      : static_cast<float>(i - plain + 1) / static_cast<float>(pitch_ - plain);
        period_[i] =
            (1.0F - weight) * static_cast<float>(last[i]) + weight * static_cast<float>(before[i]);
    }
    at_ = 0;
}

float LossConcealer::next_sample() {
    const float sample = period_[at_];
    at_ = at_ + 1 == pitch_ ? 0 : at_ + 1;
    const std::size_t position = missing_++;
    if (position < kFullLevel) return sample;
    if (position >= kFadedOut) return 0.0F;
    return sample * static_cast<float>(kFadedOut - position) /
           static_cast<float>(kFadedOut - kFullLevel);
}

}  // namespace bellwether::media
