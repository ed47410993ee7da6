#include "answer-detect/training/calibrate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/maths.h"

namespace bellwether::answer_detect::training {
namespace {

constexpr double kReachS = 0.4;  // statements this near to a time speak for it
constexpr double kPrior = 4;     // as many statements as the pull to (1, 0) is worth
constexpr double kLowestSlope = 0.1;
constexpr int kNewtonSteps = 25;

double chance(double log_odds) { return 1 / (1 + maths::exp(-log_odds)); }

struct Line {
    double slope = 1;
    double offset = 0;
};

// Newton's method on the log-likelihood of a logistic line.
Line fit_line(const std::vector<Statement>& statements) {
    Line line;
    for (int i = 0; i < kNewtonSteps; ++i) {
        double by_slope = kPrior * (1 - line.slope);
        double by_offset = -kPrior * line.offset;
        double ss = kPrior;
        double so = 0;
        double oo = kPrior;
        for (const auto& said : statements) {
            const auto x = static_cast<double>(said.log_odds);
            const double p = chance(line.slope * x + line.offset);
            const double rest = (said.is_machine ? 1.0 : 0.0) - p;
            const double spread = p * (1 - p);
            by_slope += rest * x;
            by_offset += rest;
            ss += spread * x * x;
            so += spread * x;
            oo += spread;
        }
        const double determinant = ss * oo - so * so;
        if (determinant < 1e-9) break;
        const double bound = 1;  // a step of Newton's may overshoot far from the answer
        line.slope += std::clamp((oo * by_slope - so * by_offset) / determinant, -bound, bound);
        line.offset += std::clamp((ss * by_offset - so * by_slope) / determinant, -bound, bound);
        line.slope = std::max(line.slope, kLowestSlope);
    }
    return line;
}

}  // namespace

Calibration fit_calibration(std::span<const Statement> statements) {
    Calibration calibration;
    for (std::size_t i = 0; i < Calibration::kCount; ++i) {
        std::vector<Statement> near;
        for (const auto& said : statements) {
            if (std::abs(said.since_onset_s - Calibration::kTimesS[i]) <= kReachS) {
                near.push_back(said);
            }
        }
        const Line line = fit_line(near);
        calibration.slope[i] = static_cast<float>(line.slope);
        calibration.offset[i] = static_cast<float>(line.offset);
    }
    return calibration;
}

double calibration_error(std::span<const Statement> statements, const Calibration& calibration) {
    constexpr std::size_t ranges = 10;
    std::array<double, ranges> said{};
    std::array<double, ranges> happened{};
    for (const auto& statement : statements) {
        const float log_odds = calibration.apply(statement.log_odds, statement.since_onset_s);
        const double p = chance(static_cast<double>(log_odds));
        const auto range = std::min(ranges - 1, static_cast<std::size_t>(p * ranges));
        said[range] += p;
        happened[range] += statement.is_machine ? 1 : 0;
    }
    double error = 0;
    for (std::size_t i = 0; i < ranges; ++i) error += std::abs(said[i] - happened[i]);
    return statements.empty() ? 0 : error / static_cast<double>(statements.size());
}

}  // namespace bellwether::answer_detect::training
