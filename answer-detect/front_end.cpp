#include "answer-detect/front_end.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "base/maths.h"

namespace bellwether::answer_detect {
namespace {

constexpr float kStepS = static_cast<float>(kFramesPerStep * kFrameS);
constexpr float kDbUnit = 20;  // decibels of one unit of a feature

// Mel bands. Source: research: answer-detect 5.1(1); the scale is 1127 ln(1 + f / 700).
constexpr double kLowestHz = 120;
constexpr double kHighestHz = 3800;

// The voice's pitch: lags of 66 .. 400 Hz, looked for in the spectrum up to 1500 Hz, where the
// telephone and a formant leave it alone.
constexpr int kShortestLag = 20;
constexpr int kLags = 104;
constexpr int kPitchBins = 48;
constexpr float kPitched = 0.45F;  // periodic enough that the lag means something
constexpr float kReferenceHz = 160;

// The slow peak: up at once, down by 3 dB a second; not below what a far talker has.
constexpr float kPeakFallDb = 3 * kStepS;
constexpr float kLowestPeak = -45;
constexpr double kFloorPercentile = 0.15;

// Loud: this far from floor to peak, and at least 5 dB over the floor.
constexpr float kLoudShare = 0.4F;
constexpr float kLoudDb = 5;
constexpr float kLongestS = 12;  // times are told up to this one

double mel(double hz) { return 1127 * maths::log1p(hz / 700); }

struct Tables {
    Eigen::Matrix<float, kMelBands, kBins> bands;
    Eigen::Matrix<float, kLags, kPitchBins> autocorrelation;

    Tables() {
        make_bands();
        make_autocorrelation();
    }

    void make_bands() {
        bands.setZero();
        const double low = mel(kLowestHz);
        const double width = (mel(kHighestHz) - low) / (kMelBands + 1);
        for (std::size_t band = 0; band < kMelBands; ++band) {
            const double centre = low + width * static_cast<double>(band + 1);
            for (std::size_t bin = 0; bin < kBins; ++bin) {
                const double distance = mel(static_cast<double>(bin) * kBinHz) - centre;
                const double weight = std::max(0.0, 1 - std::abs(distance) / width);
                bands(static_cast<Eigen::Index>(band), static_cast<Eigen::Index>(bin)) =
                    static_cast<float>(weight);
            }
        }
    }

    // Inverse transform of a power spectrum, over that of the window: the autocorrelation at each
    // lag as a share of what the window alone would leave of it.
    void make_autocorrelation() {
        constexpr int size = static_cast<int>(kWindowSamples);
        const auto turns = [](int k) { return static_cast<double>(k) / size; };
        const auto hann = [&](int k) { return 0.5 - 0.5 * maths::cos_of_turns(turns(k)); };
        double whole = 0;
        for (int k = 0; k < size; ++k) whole += hann(k) * hann(k);
        for (int i = 0; i < kLags; ++i) {
            const int lag = kShortestLag + i;
            double left = 0;
            for (int k = 0; k < size; ++k) left += hann(k) * hann((k + lag) % size);
            for (int bin = 0; bin < kPitchBins; ++bin) {
                const double wave = maths::cos_of_turns(turns((bin * lag) % size));
                autocorrelation(i, bin) = static_cast<float>(wave * whole / left);
            }
        }
    }
};

const Tables& tables() {
    static const Tables made;
    return made;
}

float natural_log(float x) { return static_cast<float>(maths::log(static_cast<double>(x))); }

// 0 at once, 1 after 0.17 s, 2 after 0.64 s, 4 after 5.4 s.
float told_time(float seconds) {
    const float bounded = std::clamp(seconds, 0.0F, kLongestS);
    return static_cast<float>(maths::log1p(static_cast<double>(bounded) * 10));
}

}  // namespace

bool FrontEnd::push(const std::array<Power, kHopsPerFrame>& powers, FrameState state) {
    if (state == FrameState::Audio) {
        for (const Power& power : powers) {
            for (std::size_t bin = 0; bin < kBins; ++bin) sum_[bin] += power[bin];
        }
        windows_ += static_cast<int>(kHopsPerFrame);
    } else {
        ++frames_missing_;
    }
    if (++frames_ < kFramesPerStep) return false;
    finish_step();
    return true;
}

void FrontEnd::finish_step() {
    if (windows_ > 0) {
        for (float& power : sum_) power /= static_cast<float>(windows_);
        follow_levels();
        describe_sound();
    } else {
        describe_nothing();
    }
    count_time();
    features_[Feature::kMissing] =
        static_cast<float>(frames_missing_) / static_cast<float>(kFramesPerStep);
    sum_.fill(0);
    windows_ = frames_ = frames_missing_ = 0;
}

void FrontEnd::follow_levels() {
    // From 125 Hz on: neither an offset nor the mains' hum is anybody's voice.
    constexpr std::size_t lowest_bin = 4;
    float total = 0;
    for (std::size_t bin = lowest_bin; bin < kBins; ++bin) total += sum_[bin];
    level_ = std::min(dbm0(total), 0.0F);

    const auto place = steps_heard_ % kFloorSteps;
    if (steps_heard_ >= kFloorSteps) --histogram_[levels_[place]];
    levels_[place] = static_cast<std::uint8_t>(-level_);
    ++histogram_[levels_[place]];
    ++steps_heard_;

    const auto known = static_cast<double>(std::min(steps_heard_, kFloorSteps));
    auto below = static_cast<int>(kFloorPercentile * known);
    std::size_t db = kFloorRange - 1;
    while (db > 0 && below >= histogram_[db]) below -= histogram_[db--];
    floor_ = -static_cast<float>(db);

    peak_ = has_heard_ ? peak_ - kPeakFallDb : kLowestPeak;
    peak_ = std::max({peak_, level_, kLowestPeak});
    has_heard_ = true;
}

void FrontEnd::describe_sound() {
    const Eigen::Map<const Eigen::Matrix<float, kBins, 1>> power(sum_.data());
    const Eigen::Matrix<float, kMelBands, 1> bands = tables().bands * power;
    float log_sum = 0;
    float sum = 0;
    for (std::size_t band = 0; band < kMelBands; ++band) {
        const float in_band = bands[static_cast<Eigen::Index>(band)];
        const float db = dbm0(in_band);
        features_[Feature::kBand + band] = std::clamp(db - peak_, -70.0F, 10.0F) / kDbUnit;
        log_sum += db;
        sum += in_band;
    }
    constexpr float per_band = 1.0F / kMelBands;
    features_[Feature::kFlatness] =
        std::clamp(log_sum * per_band - dbm0(sum * per_band), -40.0F, 0.0F) / kDbUnit;
    features_[Feature::kLevel] = std::max(level_ - peak_, -70.0F) / kDbUnit;
    features_[Feature::kFloor] = std::max(floor_ - peak_, -70.0F) / kDbUnit;

    const Eigen::Matrix<float, kLags, 1> waves =
        tables().autocorrelation * power.head<kPitchBins>();
    Eigen::Index best = 0;
    const float highest = waves.maxCoeff(&best);
    const float all = power.head<kPitchBins>().sum();
    const float periodic = all > 0 ? std::clamp(highest / all, 0.0F, 1.0F) : 0;
    features_[Feature::kPeriodic] = periodic;
    const float hz = static_cast<float>(kSampleRate) / static_cast<float>(kShortestLag + best);
    constexpr float octave = 0.693147181F;
    features_[Feature::kPitch] =
        periodic > kPitched ? natural_log(hz / kReferenceHz) / octave : 0.0F;
}

// Nothing was heard: neither sound nor the lack of it. Levels stay what they were.
void FrontEnd::describe_nothing() {
    features_.fill(0);
    level_ = -96;
}

void FrontEnd::count_time() {
    const float gate = floor_ + std::max(kLoudDb, kLoudShare * (peak_ - floor_));
    const bool is_loud = windows_ > 0 && level_ > gate;
    quiet_s_ = is_loud ? 0 : quiet_s_ + kStepS;
    if (since_s_ >= 0) {
        since_s_ += kStepS;
    } else if (is_loud) {
        since_s_ = 0;
    }
    features_[Feature::kQuiet] = told_time(quiet_s_);
    features_[Feature::kSince] = since_s_ < 0 ? -1 : told_time(since_s_);
}

}  // namespace bellwether::answer_detect
