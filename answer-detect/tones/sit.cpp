#include "answer-detect/tones/sit.h"

#include <algorithm>
#include <cmath>

namespace bellwether::answer_detect {
namespace {

constexpr double kGapMaxS = 0.13;      // ITU-T E.180 allows 30 ms; a lost packet or two add to it
constexpr double kThirdLeastS = 0.15;  // of the third tone, to be sure of it
constexpr double kShortestS = 0.20;    // short tones are 274 ms, long ones 380, E.180's 330 +- 70
constexpr double kLongestS = 0.46;
constexpr double kLongS = 0.327;  // half way between short and long
constexpr float kThirdHz = 1776.7F;
constexpr float kThirdOff = 0.045F;  // E.180: 1800 +- 50 Hz
constexpr float kLineOff = 0.013F;   // half the distance between the lines that differ least

// Telcordia GR-1162's codes: which of two frequencies, and long or short, of the first two tones.
struct Row {
    std::array<char, 5> code;
    float hz[2];
    bool is_long[2];
};
constexpr Row kRows[]{
    {{"IC"}, {913.8F, 1370.6F}, {false, false}}, {{"VC"}, {985.2F, 1370.6F}, {true, false}},
    {{"RO"}, {985.2F, 1370.6F}, {false, true}},  {{"RO"}, {913.8F, 1428.5F}, {false, true}},
    {{"NC"}, {913.8F, 1370.6F}, {true, true}},   {{"NC"}, {985.2F, 1428.5F}, {true, true}},
};

bool length_fits(const ToneRun& run) {
    return run.length_s() >= kShortestS && run.length_s() <= kLongestS;
}

bool near(float hz, float nominal) { return std::abs(hz / nominal - 1) <= kLineOff; }

std::optional<Tone> named(std::array<char, 5> code) {
    return Tone{.kind = Verdict::Sit, .code = code, .country = {}};
}

}  // namespace

std::optional<Tone> SitMatcher::follow(const ToneRuns& runs) {
    if (runs.closed()) {
        const ToneRun& run = *runs.closed();
        if (continues(before_[0], run)) {
            before_[0] = joined(before_[0], run);
        } else {
            before_ = {run, before_[0]};
        }
    }
    if (!runs.open()) return std::nullopt;
    const ToneRun& third = *runs.open();
    const ToneRun& second = before_[0];
    const ToneRun& first = before_[1];
    if (third.length_s() < kThirdLeastS || third.start_s - second.end_s > kGapMaxS ||
        second.start_s - first.end_s > kGapMaxS || !length_fits(first) || !length_fits(second) ||
        std::abs(third.hz[0] / kThirdHz - 1) > kThirdOff) {
        return std::nullopt;
    }
    // Recordings played too fast or slow move all three alike: what counts is how they stand to the
    // third. E.180's lines are 950, 1400 and 1800 Hz.
    const float scale = third.hz[0] / kThirdHz;
    const std::array<float, 2> hz{first.hz[0] / scale, second.hz[0] / scale};
    constexpr float kToE180 = kThirdHz / 1800;
    if (near(hz[0], 950 * kToE180) && near(hz[1], 1400 * kToE180)) return named({"E180"});
    for (const Row& row : kRows) {
        if (near(hz[0], row.hz[0]) && near(hz[1], row.hz[1]) &&
            (first.length_s() > kLongS) == row.is_long[0] &&
            (second.length_s() > kLongS) == row.is_long[1]) {
            return named(row.code);
        }
    }
    // Three rising tones of these lengths in E.180's wide limits: its own meaning, "no service".
    const bool wide = std::abs(first.hz[0] - 950) <= 60 && std::abs(second.hz[0] - 1400) <= 60;
    return wide ? named({"E180"}) : std::nullopt;
}

}  // namespace bellwether::answer_detect
