#include "simulator/carrier/built_in_sounds.h"

#include <cmath>
#include <cstddef>

namespace bellwether::carrier {
namespace {

using Samples = std::vector<std::int16_t>;

constexpr double kRate = 8000;
constexpr double kTwoPi = 6.283185307179586;
constexpr double kTonePeak = 3200;  // -14 dBm0

std::size_t count_of(double length_s) {
    return static_cast<std::size_t>(std::lround(length_s * kRate));
}

void add_silence(Samples& to, double length_s) { to.resize(to.size() + count_of(length_s), 0); }

void add_tone(Samples& to, double hz, double length_s) {
    const std::size_t count = count_of(length_s);
    for (std::size_t i = 0; i < count; ++i) {
        const double turn = kTwoPi * hz * static_cast<double>(i) / kRate;
        to.push_back(static_cast<std::int16_t>(std::lround(kTonePeak * std::sin(turn))));
    }
}

void add(Samples& to, const Samples& more) { to.insert(to.end(), more.begin(), more.end()); }

}  // namespace

Samples built_in_voice(double length_s) {
    constexpr double kPitch = 150;
    constexpr int kOvertones = 8;
    constexpr double kPeak = 3000;  // about -22 dBm0 when summed
    const std::size_t count = count_of(length_s);
    Samples samples;
    for (std::size_t i = 0; i < count; ++i) {
        const double t = static_cast<double>(i) / kRate;
        double sum = 0;
        for (int k = 1; k <= kOvertones; ++k) sum += std::sin(kTwoPi * kPitch * k * t + k * k) / k;
        const double syllable = 0.6 - 0.4 * std::cos(kTwoPi * 4 * t);
        samples.push_back(static_cast<std::int16_t>(std::lround(kPeak * syllable * sum)));
    }
    return samples;
}

Samples built_in_voicemail() {
    Samples samples = built_in_voice(6);
    add_silence(samples, 0.5);
    add_tone(samples, 1000, 0.4);
    return samples;
}

Samples built_in_fax() {
    Samples samples;
    add_silence(samples, 0.2);
    add_tone(samples, 2100, 3);
    return samples;
}

Samples built_in_announcement() {
    constexpr double kShort = 0.274;
    constexpr double kLong = 0.380;
    Samples samples;
    add_tone(samples, 985.2, kLong);
    add_tone(samples, 1370.6, kShort);
    add_tone(samples, 1776.7, kLong);
    add_silence(samples, 0.2);
    add(samples, built_in_voice(2));
    return samples;
}

}  // namespace bellwether::carrier
