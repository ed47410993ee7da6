#include "dialer/media/comfort_noise.h"

#include <algorithm>
#include <cmath>

namespace bellwether::media {
namespace {

constexpr int kLoudest = 30;  // -dBov

}  // namespace

void ComfortNoise::describe(std::span<const std::uint8_t> payload) {
    if (payload.empty()) return;
    const int level = std::max<int>(kLoudest, payload[0] & 0x7F);
    order_ = std::min(payload.size() - 1, kOrderMax);
    float shrink = 1.0F;  // what the filter adds to the power: 1 / product of (1 - k^2)
    for (std::size_t i = 0; i < order_; ++i) {
        // RFC 3389 §3.2: k = 258 (N - 127) / 32768, N = 0 .. 254.
        const int index = std::min<int>(254, payload[i + 1]);
        reflection_[i] = static_cast<float>(258 * (index - 127)) / 32'768.0F;
        shrink *= 1.0F - reflection_[i] * reflection_[i];
    }
    // 0 dBov is the RMS of a square wave at full scale; uniform noise peaks sqrt(3) above its RMS.
    const double rms = 32'768.0 * std::pow(10.0, -level / 20.0);
    gain_ = static_cast<float>(rms * std::sqrt(3.0)) * std::sqrt(shrink);
}

void ComfortNoise::fill(Frame& frame) {
    for (auto& sample : frame) {
        // Numerical Recipes' generator; its upper bits are noise enough for an ear.
        random_ = random_ * 1'664'525U + 1'013'904'223U;
        const float white =
            static_cast<float>(static_cast<std::int32_t>(random_)) / 2'147'483'648.0F;
        float forward = white * gain_;
        for (std::size_t i = order_;
             i-- > 0;) {  // all-pole lattice, from the last stage to the first
            forward -= reflection_[i] * backward_[i];
            backward_[i + 1] = backward_[i] + reflection_[i] * forward;
        }
        backward_[0] = forward;
        sample = saturate(static_cast<std::int32_t>(std::lround(forward)));
    }
}

}  // namespace bellwether::media
