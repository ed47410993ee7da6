#include "answer-detect/tones/cadence.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bellwether::answer_detect {
namespace {

constexpr double kNoFit = std::numeric_limits<double>::infinity();
constexpr double kLengthOff = 0.25;    // exchanges keep to their cadence within a quarter
constexpr double kShortestS = 0.12;    // of a burst; speech and clicks make shorter ones
constexpr double kRingSilenceS = 1.2;  // after a burst, before it is called a ring
constexpr double kPendingS = 4.7;      // the longest off time of a ring (SE) less what was heard
constexpr double kDialToneS = 4;       // longer than any burst: a dial tone, no cadence
constexpr float kLowestHz = 375;       // of all cadences, with their tolerance
constexpr float kHighestHz = 645;
constexpr float kLineOffHz = 11;  // 425 and 440 Hz stand 15 apart, 400 and 425 stand 25
constexpr float kSteadyHz = 12;   // a burst's line keeps still
constexpr float kPurest = 0.85F;
// Two lines less than 100 Hz apart are one peak, wider than a sine's 18 Hz (see Peaks).
constexpr float kMergedHz = 100;
constexpr float kMergedWidthHz = 24;
constexpr float kMergedWidthLeastHz = 22;
// Sound between the bursts that is not the tone: somebody speaks, there is no cadence.
constexpr float kOtherSoundDb = 12;
constexpr int kOtherSoundHops = 15;

double off(double length, float nominal) {
    const double ratio = length / static_cast<double>(nominal);
    const double away = std::abs(ratio - 1);
    return away <= kLengthOff ? away : kNoFit;
}

// How far the burst's lines are from the cadence's, 0 .. 1; infinite if they are others.
double line_misfit(const std::array<float, 2>& hz, const ToneRun& burst) {
    constexpr auto kScale = static_cast<double>(kLineOffHz);
    if (hz[1] > 0 && hz[1] - hz[0] >= kMergedHz) {
        const float low = std::min(burst.hz[0], burst.hz[1]);
        const float high = std::max(burst.hz[0], burst.hz[1]);
        const float away = std::max(std::abs(low - hz[0]), std::abs(high - hz[1]));
        return away <= 2 * kLineOffHz ? static_cast<double>(away) / (2 * kScale) : kNoFit;
    }
    if (burst.hz[1] > 0) return kNoFit;
    const float middle = hz[1] > 0 ? (hz[0] + hz[1]) / 2 : hz[0];
    const float away = std::abs(burst.hz[0] - middle);
    if (away > kLineOffHz) return kNoFit;
    const bool merged = hz[1] > 0 && hz[1] - hz[0] > 30;  // a narrower pair looks like a sine
    if (merged && burst.width_hz < kMergedWidthLeastHz) return kNoFit;
    const bool wrong_width = merged != (burst.width_hz >= kMergedWidthHz);
    return static_cast<double>(away) / kScale + (wrong_width ? 0.5 : 0.0);
}

bool is_burst(const ToneRun& run) {
    return run.length_s() >= kShortestS && run.length_s() < kDialToneS && run.hz[0] >= kLowestHz &&
           run.hz[0] <= kHighestHz && run.purity >= kPurest && run.wobble_hz <= kSteadyHz;
}

}  // namespace

std::optional<Tone> CadenceMatcher::follow(const ToneRuns& runs, float level_dbm0) {
    if (runs.closed()) keep(*runs.closed());
    notice_other_sound(runs, level_dbm0);
    if (count_ == 0) return std::nullopt;
    double best = kNoFit;
    const Cadence* fits = nullptr;
    for (const Cadence& cadence : kCadences) {
        const double found = misfit(cadence, runs);
        if (found < best) {
            best = found;
            fits = &cadence;
        }
    }
    if (fits == nullptr) return std::nullopt;
    return Tone{.kind = fits->kind, .code = {}, .country = fits->country};
}

bool CadenceMatcher::pending(double now_s) const {
    return count_ > 0 && now_s - bursts_[0].end_s <= kPendingS;
}

void CadenceMatcher::keep(const ToneRun& run) {
    if (count_ > 0 && continues(bursts_[0], run)) {
        bursts_[0] = joined(bursts_[0], run);
        return;
    }
    if (!is_burst(run)) {
        if (run.length_s() >= kShortestS) count_ = 0;  // another tone comes between
        return;
    }
    std::shift_right(bursts_.begin(), bursts_.end(), 1);
    bursts_[0] = run;
    count_ = std::min(count_ + 1, kKept);
}

void CadenceMatcher::notice_other_sound(const ToneRuns& runs, float level_dbm0) {
    const bool other = count_ > 0 && !runs.open() && !runs.closed() &&
                       level_dbm0 > bursts_[0].level_dbm0 - kOtherSoundDb;
    other_sound_ = other ? other_sound_ + 1 : 0;
    if (other_sound_ > kOtherSoundHops) count_ = 0;
}

double CadenceMatcher::misfit(const Cadence& cadence, const ToneRuns& runs) const {
    const double lines = line_misfit(cadence.hz, bursts_[0]);
    if (lines == kNoFit) return kNoFit;
    const bool is_double = cadence.seconds[2] > 0;
    const bool ring = cadence.kind == Verdict::Ringback;
    std::size_t needed = is_double ? 2 : 1;
    if (!ring) needed = cadence.seconds[0] < 0.3F && !is_double ? 3 : 2;
    double best = kNoFit;
    // A double rhythm's newest burst may be either one; a ring is told in the long silence alone.
    for (std::size_t newest = 0; newest < (is_double ? 2U : 1U); ++newest) {
        if (ring && is_double && newest == 0) continue;
        best = std::min(best, misfit_at(cadence, runs, needed, newest));
    }
    return lines + best;
}

double CadenceMatcher::misfit_at(const Cadence& cadence, const ToneRuns& runs, std::size_t needed,
                                 std::size_t newest) const {
    if (count_ < needed) return kNoFit;
    const std::size_t rhythms = cadence.seconds[2] > 0 ? 2 : 1;
    const auto on = [&](std::size_t back) {
        return cadence.seconds[2 * ((newest + rhythms * kKept - back) % rhythms)];
    };
    const auto off_time = [&](std::size_t back) {
        return cadence.seconds[2 * ((newest + rhythms * kKept - back) % rhythms) + 1];
    };
    double sum = 0;
    for (std::size_t back = 0; back < needed; ++back) {
        sum += off(bursts_[back].length_s(), on(back));
        if (line_misfit(cadence.hz, bursts_[back]) == kNoFit) return kNoFit;
        if (back + 1 < needed) {
            sum += off(bursts_[back].start_s - bursts_[back + 1].end_s, off_time(back + 1));
        }
    }
    const double silence_nominal = static_cast<double>(off_time(0));
    if (runs.open()) return sum + off(runs.open()->start_s - bursts_[0].end_s, off_time(0));
    const double silence = runs.now_s() - bursts_[0].end_s;
    const double least = std::min(kRingSilenceS, 0.6 * silence_nominal);
    const bool fits = silence >= least && silence <= silence_nominal * (1 + kLengthOff);
    return fits ? sum / static_cast<double>(needed) : kNoFit;
}

}  // namespace bellwether::answer_detect
