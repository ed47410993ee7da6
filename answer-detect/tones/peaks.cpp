#include "answer-detect/tones/peaks.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace bellwether::answer_detect {
namespace {

constexpr std::size_t kFirstBin = 6;   // 187 Hz: below are hum and the line's own noise
constexpr std::size_t kLastBin = 121;  // 3781 Hz: above, a telephone line carries nothing
constexpr std::size_t kReach = 3;      // bins either side that a line under a Hann window fills

// The noise follows the spectrum down at once and up at 6 dB a second: the pauses of speech hold it
// down, and the longest ring burst (2 s) stays above it.
constexpr float kNoiseDown = 0.2F;
constexpr float kNoiseUp = 1.0139F;
constexpr float kNoiseStart = 1e-8F;  // of mean square and bin: about -53 dBm0 in all
constexpr float kNoiseFactor = 2;     // single bins of noise are often twice their mean

struct Line {
    float hz = 0;
    float power = 0;
    float variance = 0;
};

float band(std::span<const float> values, float from_hz, float to_hz) {
    const auto first = static_cast<std::size_t>(from_hz / kBinHz);
    const auto last = static_cast<std::size_t>(to_hz / kBinHz);
    float sum = 0;
    for (std::size_t k = first; k <= last; ++k) sum += values[k];
    return sum;
}

Line line_at(const Power& excess, std::size_t peak, std::size_t from, std::size_t to) {
    Line line;
    float moment = 0;
    float square = 0;
    for (std::size_t k = from; k <= to; ++k) {
        const float offset = static_cast<float>(k) - static_cast<float>(peak);
        line.power += excess[k];
        moment += excess[k] * offset;
        square += excess[k] * offset * offset;
    }
    if (line.power <= 0) return line;
    const float mean = moment / line.power;
    line.hz = (static_cast<float>(peak) + mean) * kBinHz;
    line.variance = (square / line.power - mean * mean) * kBinHz * kBinHz;
    return line;
}

std::size_t strongest(const Power& excess, std::size_t from, std::size_t to, std::size_t best) {
    for (std::size_t k = from; k <= to; ++k) {
        if (excess[k] > excess[best]) best = k;
    }
    return best;
}

}  // namespace

PeakFinder::PeakFinder() { noise_.fill(kNoiseStart); }

Peaks PeakFinder::find(const Power& power) {
    float total = 0;
    float standing = 0;
    for (std::size_t k = kFirstBin; k <= kLastBin; ++k) {
        excess_[k] = std::max(0.0F, power[k] - kNoiseFactor * noise_[k]);
        total += excess_[k];
        standing += noise_[k];
        const float below = power[k] - noise_[k];
        noise_[k] = below < 0 ? noise_[k] + kNoiseDown * below : noise_[k] * kNoiseUp;
        noise_[k] = std::max(noise_[k], 1e-12F);
    }
    Peaks peaks;
    if (total <= 0) return peaks;
    peaks.level_dbm0 = dbm0(total);
    peaks.over_noise_db = peaks.level_dbm0 - dbm0(standing);

    const std::size_t first = strongest(excess_, kFirstBin, kLastBin, kFirstBin);
    const std::size_t from = first - std::min(kReach, first);
    const std::size_t to = std::min(first + kReach, kLastBin);
    const Line one = line_at(excess_, first, from, to);
    peaks.hz[0] = one.hz;
    peaks.share[0] = one.power / total;
    peaks.width_hz = std::sqrt(std::max(0.0F, one.variance));

    // The second line lies beyond the first one's skirt; bins that the first has are not counted.
    std::size_t second = kBins - 1;  // never filled: excess 0
    if (from > kFirstBin + 1) second = strongest(excess_, kFirstBin, from - 2, second);
    if (to + 2 <= kLastBin) second = strongest(excess_, to + 2, kLastBin, second);
    if (excess_[second] > 0) {
        const bool above = second > first;
        const std::size_t low = above ? std::max(to + 1, second - kReach) : second - kReach;
        const std::size_t high = above ? second + kReach : std::min(from - 1, second + kReach);
        const Line two = line_at(excess_, second, low, std::min(high, kLastBin));
        peaks.hz[1] = two.hz;
        peaks.share[1] = two.power / total;
    }
    peaks.fsk_share = band(excess_, 1580, 1920) / total;
    peaks.fsk_low = band(excess_, 1580, 1720) / total;
    return peaks;
}

}  // namespace bellwether::answer_detect
