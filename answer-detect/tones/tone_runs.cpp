#include "answer-detect/tones/tone_runs.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bellwether::answer_detect {
namespace {

// A window belongs where its middle is: 16 ms before its end.
constexpr double kMiddleS = 0.016;

// To begin, a run must be purer than what carries it on: reverberation and noise wear a tone down.
constexpr float kPureToBegin = 0.78F;
constexpr float kPureToGoOn = 0.60F;
constexpr float kMainShare = 0.30F;  // of the main line, in every window
constexpr float kOverNoiseDb = 4;
constexpr float kLowestLevelDbm0 = -56;  // 20 dB under the quietest tones that networks send
constexpr int kRipe = 3;                 // windows in a row that make a run
constexpr int kMissedAtDrop = 2;         // that end it when the level is gone
constexpr double kDropDb = 7;
constexpr int kMissed = 5;  // that end it when something else covers it
constexpr int kUnheard = 10;
constexpr int kSilent = 4;
constexpr float kQuieterDb = 10;
constexpr float kOtherShare = 0.06F;  // below, a second line is noise or the codec's

float tolerance(double hz) { return std::max(14.0F, 0.012F * static_cast<float>(hz)); }

bool pure(const Peaks& peaks, float least) {
    return peaks.share[0] + peaks.share[1] >= least && peaks.over_noise_db >= kOverNoiseDb &&
           peaks.level_dbm0 >= kLowestLevelDbm0;
}

double spread(double sum, double square, int count) {
    const double mean = sum / count;
    return std::sqrt(std::max(0.0, square / count - mean * mean));
}

// Which of the window's lines is the run's main one: 0, 1, or -1 for none.
int main_line(const Peaks& peaks, double hz) {
    for (const int line : {0, 1}) {
        const auto i = static_cast<std::size_t>(line);
        const auto off = std::abs(peaks.hz[i] - static_cast<float>(hz));
        if (off <= tolerance(hz) && peaks.share[i] >= kMainShare * (line == 0 ? 1.0F : 0.5F)) {
            return line;
        }
    }
    return -1;
}

}  // namespace

bool continues(const ToneRun& before, const ToneRun& run) {
    constexpr double kGapMaxS = 0.14;  // shorter than any pause of a network's tone
    return run.start_s - before.end_s <= kGapMaxS &&
           std::abs(run.hz[0] - before.hz[0]) <= tolerance(static_cast<double>(before.hz[0])) &&
           (run.hz[1] > 0) == (before.hz[1] > 0);
}

ToneRun joined(const ToneRun& before, const ToneRun& run) {
    ToneRun whole = before.hops > run.hops ? before : run;
    whole.start_s = before.start_s;
    whole.end_s = run.end_s;
    whole.quiet_before_s = before.quiet_before_s;
    whole.hops = before.hops + run.hops;
    return whole;
}

bool ToneRuns::Candidate::agrees(const Peaks& peaks) const {
    return main_line(peaks, hz / count) >= 0;
}

void ToneRuns::Candidate::add(const Peaks& peaks, double centre_s) {
    if (count == 0) start_s = centre_s;
    last_s = centre_s;
    const int line = count == 0 ? 0 : std::max(0, main_line(peaks, hz / count));
    const auto main = static_cast<std::size_t>(line);
    const auto other = 1 - main;
    const double at = static_cast<double>(peaks.hz[main]);
    hz += at;
    hz_square += at * at;
    share += static_cast<double>(peaks.share[main]);
    if (peaks.share[other] >= kOtherShare) {
        other_hz += static_cast<double>(peaks.hz[other]);
        other_share += static_cast<double>(peaks.share[other]);
        ++others;
    }
    const auto loud = static_cast<double>(peaks.level_dbm0);
    purity += static_cast<double>(peaks.share[0] + peaks.share[1]);
    width += static_cast<double>(peaks.width_hz);
    level += loud;
    level_square += loud * loud;
    over_noise += static_cast<double>(peaks.over_noise_db);
    ++count;
}

ToneRun ToneRuns::Candidate::run() const {
    constexpr double kHalfHopS = kHopS / 2;
    ToneRun run;
    run.start_s = start_s - kHalfHopS;
    run.end_s = last_s + kHalfHopS;
    run.hz[0] = static_cast<float>(hz / count);
    double second_share = 0;
    if (2 * others > count) {
        run.hz[1] = static_cast<float>(other_hz / others);
        second_share = other_share / others;
    }
    if (second_share > share / count) std::swap(run.hz[0], run.hz[1]);
    run.purity = static_cast<float>(purity / count);
    run.wobble_hz = static_cast<float>(spread(hz, hz_square, count));
    run.width_hz = static_cast<float>(width / count);
    run.level_dbm0 = static_cast<float>(level / count);
    run.level_spread_db = static_cast<float>(spread(level, level_square, count));
    run.over_noise_db = static_cast<float>(over_noise / count);
    run.hops = count;
    run.quiet_before_s = quiet_before_s;
    return run;
}

void ToneRuns::follow(const Peaks& peaks, Heard heard) {
    ++hops_;
    closed_.reset();
    const double centre_s = now_s() - kMiddleS;
    levels_[static_cast<std::size_t>(hops_) % kLevels] =
        heard == Heard::Clearly ? peaks.level_dbm0 : -96.0F;
    silent_ = heard == Heard::Silence ? silent_ + 1 : 0;
    unheard_ = heard == Heard::Clearly ? 0 : unheard_ + 1;
    if (heard != Heard::Clearly) {
        if (unheard_ > kUnheard || silent_ >= kSilent) close();
        return;
    }
    if (!open_) {
        gather(current_, peaks, centre_s);
        open_when_ripe();
    } else if (pure(peaks, kPureToGoOn) && current_.agrees(peaks) && !dropped(peaks)) {
        current_.add(peaks, centre_s);
        missed_ = 0;
        next_ = {};
        open_ = current_.run();
    } else {
        go_without(peaks, centre_s);
    }
}

void ToneRuns::gather(Candidate& candidate, const Peaks& peaks, double centre_s) const {
    const bool tone = pure(peaks, kPureToBegin) && peaks.share[0] >= kMainShare;
    if (candidate.count > 0 && !(tone && candidate.agrees(peaks))) candidate = {};
    if (tone) candidate.add(peaks, centre_s);
}

void ToneRuns::open_when_ripe() {
    if (current_.count < kRipe) return;
    current_.quiet_before_s = quiet_before(current_);
    open_ = current_.run();
    missed_ = 0;
}

bool ToneRuns::dropped(const Peaks& peaks) const {
    return static_cast<double>(peaks.level_dbm0) < current_.mean_level() - kDropDb;
}

void ToneRuns::go_without(const Peaks& peaks, double centre_s) {
    ++missed_;
    const bool tail = dropped(peaks) && current_.agrees(peaks);  // its own reverberation
    if (tail) next_ = {};
    if (!tail) gather(next_, peaks, centre_s);
    if (next_.count < kRipe && missed_ < (dropped(peaks) ? kMissedAtDrop : kMissed)) return;
    const Candidate after = next_;
    close();
    current_ = after;
    open_when_ripe();
}

void ToneRuns::close() {
    if (open_) closed_ = open_;
    open_.reset();
    current_ = {};
    next_ = {};
    missed_ = 0;
}

double ToneRuns::quiet_before(const Candidate& candidate) const {
    // The two windows before the first one hold the tone's own beginning.
    constexpr std::size_t kOnset = 2;
    const auto limit = static_cast<float>(candidate.mean_level()) - kQuieterDb;
    const double since_start_s = now_s() - kMiddleS - candidate.start_s;
    const auto back = static_cast<std::size_t>(std::floor(since_start_s / kHopS + 0.5)) + kOnset;
    std::size_t quiet = 0;
    while (back + quiet + 1 < kLevels && quiet < 60) {
        const std::size_t hop = static_cast<std::size_t>(hops_) - back - quiet - 1;
        if (static_cast<long>(hop) < 1) return 0.6;  // nothing at all was heard before
        if (levels_[hop % kLevels] > limit) break;
        ++quiet;
    }
    return static_cast<double>(quiet) * kHopS;
}

}  // namespace bellwether::answer_detect
