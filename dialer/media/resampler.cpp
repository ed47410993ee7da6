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

// The filter of every output phase, each `taps` long, scaled to unity gain at 0 Hz.
class PolyphaseFilter {
public:
    PolyphaseFilter(int input_rate, int output_rate) {
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

float filtered(std::span<const float> input, std::int64_t centre, std::span<const double> taps,
               int reach) {
    const auto size = static_cast<std::int64_t>(input.size());
    double sum = 0.0;
    for (std::size_t t = 0; t < taps.size(); ++t) {
        const std::int64_t at = centre + static_cast<std::int64_t>(t) - reach + 1;
        if (at >= 0 && at < size)
            sum += taps[t] * static_cast<double>(input[static_cast<std::size_t>(at)]);
    }
    return static_cast<float>(sum);
}

}  // namespace

std::vector<float> resample_to_8k(std::span<const float> input, int rate) {
    BW_CHECK(rate >= 1 && rate <= 1'000'000);
    if (rate == kSampleRate) return {input.begin(), input.end()};
    const PolyphaseFilter filter{rate, kSampleRate};
    const std::int64_t step =
        std::int64_t{rate} * filter.phases / kSampleRate;  // in 1/phases samples
    const auto size = (static_cast<std::int64_t>(input.size()) * kSampleRate + rate / 2) / rate;
    std::vector<float> output;
    output.reserve(static_cast<std::size_t>(size));
    for (std::int64_t n = 0; n < size; ++n) {
        const std::int64_t position = n * step;
        const auto phase = static_cast<int>(position % filter.phases);
        output.push_back(
            filtered(input, position / filter.phases, filter.phase(phase), filter.reach));
    }
    return output;
}

}  // namespace bellwether::media
