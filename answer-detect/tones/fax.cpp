#include "answer-detect/tones/fax.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bellwether::answer_detect {
namespace {

// ITU-T T.30 4.3.3.1: CED is 2100 +- 15 Hz for 2.6 to 4 s; V.8: ANSam the same with 15 Hz
// modulation of 20 % and a reversal each 450 ms. Networks' carriers move both by a few hertz.
constexpr float kCedHz = 2100;
constexpr float kCedOffHz = 25;
constexpr double kCedLeastS = 0.9;  // beeps of voicemail are shorter, or not of 2100 Hz
constexpr float kCedPurity = 0.85F;
constexpr double kSteadyDb = 0.6;  // 20 % modulation spreads the level by 1.2 dB
constexpr double kSettledS = 0.1;  // a tone's beginning is no modulation

// T.30 4.3.3.3: CNG is 1100 +- 38 Hz, 0.5 s on and 3 s off, each +- 15 %.
constexpr float kCngHz = 1100;
constexpr float kCngOffHz = 42;
constexpr double kCngLeastS = 0.40;
constexpr double kCngMostS = 0.60;
constexpr double kCngPeriodLeastS = 2.9;
constexpr double kCngPeriodMostS = 4.1;
constexpr double kCngSilenceS = 1.5;  // after one burst alone: nobody speaks, no second beep
constexpr float kCngPurity = 0.85F;
constexpr float kCngSteadyHz = 12;
constexpr float kOtherSoundDb = 15;
constexpr int kOtherSoundMost = 8;  // windows: the burst's own tail

// V.21 channel 2 at 300 bit/s, T.30 5.3.1: flags, 1650 and 1850 Hz by turns for a second.
constexpr float kFskShare = 0.85F;
constexpr float kFskEither = 0.05F;  // a flag has two zeros among eight bits
constexpr float kFskWidthHz = 26;    // one line alone, between the two, is 18 wide (see Peaks)
constexpr float kFskOverNoiseDb = 8;
constexpr int kPreambleWindows = 20;  // more that are keyed than are not

std::optional<Tone> named(std::array<char, 5> code) {
    return Tone{.kind = Verdict::Fax, .code = code, .country = {}};
}

bool is_cng(const ToneRun& run) {
    return std::abs(run.hz[0] - kCngHz) <= kCngOffHz && run.hz[1] == 0 &&
           run.purity >= kCngPurity && run.wobble_hz <= kCngSteadyHz;
}

}  // namespace

std::optional<Tone> FaxMatcher::follow(const ToneRuns& runs, const Peaks& peaks) {
    if (const auto tone = answer_tone(runs, peaks.level_dbm0)) return tone;
    if (const auto tone = calling_tone(runs, peaks)) return tone;
    return preamble(peaks);
}

bool FaxMatcher::pending(double now_s) const {
    return cng_end_s_ >= 0 && now_s - cng_end_s_ <= kCngPeriodMostS;
}

std::optional<Tone> FaxMatcher::answer_tone(const ToneRuns& runs, float level_dbm0) {
    if (!runs.open() || std::abs(runs.open()->hz[0] - kCedHz) > kCedOffHz) {
        level_windows_ = 0;
        return std::nullopt;
    }
    const ToneRun& run = *runs.open();
    if (run.length_s() < kSettledS) return std::nullopt;
    if (level_windows_ == 0) level_sum_ = level_squares_ = 0;
    const auto level = static_cast<double>(level_dbm0);
    level_sum_ += level;
    level_squares_ += level * level;
    ++level_windows_;
    if (run.length_s() < kCedLeastS || run.hz[1] > 0 || run.purity < kCedPurity) {
        return std::nullopt;
    }
    const double mean = level_sum_ / level_windows_;
    const double variance = level_squares_ / level_windows_ - mean * mean;
    return variance > kSteadyDb * kSteadyDb ? named({"ANS"}) : named({"CED"});
}

std::optional<Tone> FaxMatcher::calling_tone(const ToneRuns& runs, const Peaks& peaks) {
    if (runs.closed() && is_cng(*runs.closed())) {
        const bool rest = continues(before_, *runs.closed());
        const ToneRun run = rest ? joined(before_, *runs.closed()) : *runs.closed();
        before_ = run;
        const bool fits = run.length_s() >= kCngLeastS && run.length_s() <= kCngMostS;
        cng_start_s_ = fits ? run.start_s : -1;
        cng_end_s_ = fits ? run.end_s : -1;
        cng_level_dbm0_ = run.level_dbm0;
        loud_since_ = 0;
        return std::nullopt;
    }
    if (cng_end_s_ < 0) return std::nullopt;
    if (runs.open() && is_cng(*runs.open())) {
        const double period = runs.open()->start_s - cng_start_s_;
        const bool again = period >= kCngPeriodLeastS && period <= kCngPeriodMostS;
        return again && runs.open()->length_s() >= 0.3 ? named({"CNG"}) : std::nullopt;
    }
    if (peaks.level_dbm0 > cng_level_dbm0_ - kOtherSoundDb) ++loud_since_;
    if (loud_since_ > kOtherSoundMost) cng_end_s_ = -1;
    const bool alone = cng_end_s_ >= 0 && runs.now_s() - cng_end_s_ >= kCngSilenceS;
    return alone ? named({"CNG"}) : std::nullopt;
}

std::optional<Tone> FaxMatcher::preamble(const Peaks& peaks) {
    const float high = peaks.fsk_share - peaks.fsk_low;
    const bool keyed = peaks.fsk_share >= kFskShare && peaks.over_noise_db >= kFskOverNoiseDb &&
                       std::min(high, peaks.fsk_low) >= kFskEither && peaks.width_hz >= kFskWidthHz;
    preamble_windows_ = std::max(0, preamble_windows_ + (keyed ? 1 : -1));
    return preamble_windows_ >= kPreambleWindows ? named({"V21"}) : std::nullopt;
}

}  // namespace bellwether::answer_detect
