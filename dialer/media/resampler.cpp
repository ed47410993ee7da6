#include "dialer/media/resampler.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/check.h"
#include "dialer/media/media_types.h"

namespace bellwether::media {
namespace {

// Zero crossings of the sinc each side. With the Kaiser window below the transition band is
// (80 - 8) / (2.285 * 64) rad = 0.078 of the lower rate (Kaiser's formula; Oppenheim & Schafer,
// Discrete-Time Signal Processing, 7.62): 624 Hz at 8 kHz, here from 3376 to 4000 Hz.
constexpr double kHalfWidth = 32.0;
constexpr double kKaiserBeta = 7.857;    // 0.1102 (80 - 8.7): 80 dB of stopband, same source
constexpr double kCutoff = 0.5 - 0.039;  // middle of the transition, in lower rates

// Modified Bessel function of the first kind, order zero, by its power series.
double bessel_i0(double x) {
    double sum = 1.0;
    double term = 1.0;
    for (int k = 1; term > 1e-12 * sum; ++k) {
        term *= (x / (2.0 * k)) * (x / (2.0 * k));
        sum += term;
    }
    return sum;
}

double kaiser(double position) {  // -1 .. 1
    if (std::abs(position) >= 1.0) return 0.0;
    return bessel_i0(kKaiserBeta * std::sqrt(1.0 - position * position)) / bessel_i0(kKaiserBeta);
}

double sinc(double x) {
    if (std::abs(x) < 1e-9) return 1.0;
    return std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
}

}  // namespace

// The filter of every output phase, each `taps` long, scaled to unity gain at 0 Hz.
class Resampler::Filter {
public:
    Filter(int input_rate, int output_rate) {
        const int divisor = std::gcd(input_rate, output_rate);
        phases = output_rate / divisor;
        const double scale = std::min(1.0, static_cast<double>(output_rate) / input_rate);
        reach = static_cast<int>(std::ceil(kHalfWidth / scale));
        taps = 2 * reach;
        coefficients_.reserve(static_cast<std::size_t>(phases) * static_cast<std::size_t>(taps));
        for (int phase = 0; phase < phases; ++phase) {
            add_phase(static_cast<double>(phase) / phases, scale);
        }
    }

    [[nodiscard]] std::span<const double> phase(int index) const {
        const auto length = static_cast<std::size_t>(taps);
        return std::span{coefficients_}.subspan(static_cast<std::size_t>(index) * length, length);
    }

    int phases = 1;
    int reach = 0;  // input samples each side
    int taps = 0;

private:
    // Tap t weighs the input sample at distance t - reach + 1 from the integer part of the
    // position.
    void add_phase(double fraction, double scale) {
        const auto first = coefficients_.size();
        for (int tap = 0; tap < taps; ++tap) {
            const double distance = (tap - reach + 1 - fraction) * scale;
            coefficients_.push_back(sinc(2.0 * kCutoff * distance) * kaiser(distance / kHalfWidth));
        }
        const double sum = std::accumulate(
            coefficients_.begin() + static_cast<std::ptrdiff_t>(first), coefficients_.end(), 0.0);
        for (std::size_t i = first; i < coefficients_.size(); ++i) coefficients_[i] /= sum;
    }

    std::vector<double> coefficients_;
};

Resampler::Resampler(int rate) : rate_{rate} {
    BW_CHECK(rate >= 1 && rate <= 1'000'000);
    if (rate != kSampleRate) filter_ = std::make_unique<Filter>(rate, kSampleRate);
}

Resampler::~Resampler() = default;

void Resampler::push(std::span<const float> input, std::vector<float>& output) {
    taken_ += static_cast<std::int64_t>(input.size());
    if (!filter_) {
        output.insert(output.end(), input.begin(), input.end());
        return;
    }
    held_.insert(held_.end(), input.begin(), input.end());
    // The newest output whose filter ends within what is there.
    const std::int64_t step = rate_ * filter_->phases / kSampleRate;  // in 1/phases samples
    const std::int64_t complete = (taken_ - filter_->reach) * filter_->phases;
    emit(complete <= 0 ? 0 : (complete + step - 1) / step, output);
    const std::int64_t wanted = emitted_ * step / filter_->phases - filter_->reach + 1;
    const auto dead =
        std::clamp<std::int64_t>(wanted - first_, 0, static_cast<std::int64_t>(held_.size()));
    held_.erase(held_.begin(), held_.begin() + dead);
    first_ += dead;
}

void Resampler::finish(std::vector<float>& output) {
    if (filter_) emit((taken_ * kSampleRate + rate_ / 2) / rate_, output);
}

void Resampler::emit(std::int64_t until, std::vector<float>& output) {
    const std::int64_t step = rate_ * filter_->phases / kSampleRate;
    const auto size = static_cast<std::int64_t>(held_.size());
    for (; emitted_ < until; ++emitted_) {
        const std::int64_t position = emitted_ * step;
        const auto taps = filter_->phase(static_cast<int>(position % filter_->phases));
        const std::int64_t begin = position / filter_->phases - filter_->reach + 1 - first_;
        double sum = 0.0;
        for (std::size_t t = 0; t < taps.size(); ++t) {
            const std::int64_t at = begin + static_cast<std::int64_t>(t);
            if (at >= 0 && at < size)
                sum += taps[t] * static_cast<double>(held_[static_cast<std::size_t>(at)]);
        }
        output.push_back(static_cast<float>(sum));
    }
}

std::vector<float> resample_to_8k(std::span<const float> input, int rate) {
    std::vector<float> output;
    Resampler resampler{rate};
    resampler.push(input, output);
    resampler.finish(output);
    return output;
}

}  // namespace bellwether::media
