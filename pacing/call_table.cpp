#include "pacing/call_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bellwether::pacing {
namespace {

constexpr double kRowsPerS = 2;
constexpr double kRateMax = 0.95;  // no contact is believed to answer more surely

/// Chances that a person has picked up, and the verdict is there, of a call that rings at `age_s`.
GridRow row_at(const RingCurve& curve, double age_s, double delay_s) {
    GridRow row = GridRow::Zero();
    const double survival = curve.survival(age_s);
    if (survival <= 0) return row;
    const double before = curve.answered_by(age_s);
    for (int k = 0; k < kGridPoints; ++k) {
        const double within_s = grid_time_s(k) - delay_s;
        if (within_s > 0) row[k] = curve.answered_by(age_s + within_s) - before;
    }
    return (row / survival).min(1.0);
}

/// Chance that a person picks up at all.
double ever_at(const RingCurve& curve, double age_s) {
    const double survival = curve.survival(age_s);
    if (survival <= 0) return 0;
    return std::min(1.0, (curve.answer_rate() - curve.answered_by(age_s)) / survival);
}

GridRow weights_of(const RingCurve& curve, double delay_s) {
    GridRow weights;
    double before = 0;
    for (int k = 0; k < kGridPoints; ++k) {
        const double end = curve.answered_by(std::max(0.0, (k + 1) * kGridStepS - delay_s));
        weights[k] = end - before;
        before = end;
    }
    return before > 0 ? GridRow{weights / before} : GridRow::Constant(1.0 / kGridPoints);
}

}  // namespace

CallTable::CallTable(const CallBelief& belief) {
    const RingCurve curve{belief.hazards, belief.limit_s};
    answer_rate_ = curve.answer_rate();
    mean_ring_s_ = curve.mean_ring_s();
    weights_ = weights_of(curve, belief.delay_s);
    const auto rows = static_cast<std::size_t>(std::ceil(belief.limit_s * kRowsPerS)) + 1;
    rows_.reserve(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const double age_s = static_cast<double>(i) / kRowsPerS;
        rows_.push_back(row_at(curve, age_s, belief.delay_s));
        ever_.push_back(ever_at(curve, age_s));
        human_.push_back(curve.human_at(age_s));
    }
}

std::size_t CallTable::row_of(double age_s) const {
    return std::min(static_cast<std::size_t>(age_s * kRowsPerS + 0.5), rows_.size() - 1);
}

/// By how much the multiplier changes a chance of a live answer. If a contact is `multiplier` times
/// as likely to answer, the odds of any later chance change like those of the first one (Bayes'
/// rule).
double CallTable::scale(double chance, double multiplier) const {
    const double rate = std::min(kRateMax, answer_rate_ * multiplier);
    const double odds = rate * (1 - answer_rate_) / ((1 - rate) * answer_rate_);
    return odds / (1 - chance + odds * chance);
}

GridRow CallTable::ringing(double age_s, double multiplier) const {
    const std::size_t row = row_of(age_s);
    if (multiplier == 1 || ever_[row] <= 0) return rows_[row];
    return (rows_[row] * scale(ever_[row], multiplier)).min(1.0);
}

double CallTable::human(double ring_s, double multiplier) const {
    const double chance = human_[row_of(ring_s)];
    return multiplier * chance / (multiplier * chance + 1 - chance);
}

double CallTable::answer_rate(double multiplier) const {
    return std::min(kRateMax, answer_rate_ * multiplier);
}

}  // namespace bellwether::pacing
