#include "pacing/demand.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/check.h"
#include "base/maths.h"

namespace bellwether::pacing {
namespace {

constexpr double kVarianceMin = 1e-9;  // below it nothing is left to chance

}  // namespace

void Demand::start(int agents, Form form) {
    BW_CHECK(agents >= 0);
    form_ = form;
    free_ = agents;
    none_left_.setConstant(agents > 0 ? 0.0 : 1.0);
    mean_.setZero();
    variance_.setZero();
    third_.setZero();
    calls_.setZero();
    if (form == Form::Moments) return;
    counted_ = 0;
    if (below_.size() < static_cast<std::size_t>(agents) + 1) {
        below_.resize(static_cast<std::size_t>(agents) + 1);
    }
    below_[0].setConstant(agents > 0 ? 1.0 : 0.0);
}

void Demand::add_certain(int count) {
    BW_CHECK(count >= 0);
    if (form_ == Form::Exact) {
        for (int i = 0; i < count && free_ > 0; ++i) {
            --free_;  // the same as one step up for everybody
            if (counted_ < free_) continue;
            none_left_ += below_[static_cast<std::size_t>(free_)];
            counted_ = std::max(0, free_ - 1);
        }
        return;
    }
    free_ -= count;
}

void Demand::add(const GridRow& chance) {
    if (form_ == Form::Exact) return add_exact(chance);
    const GridRow spread = chance * (1.0 - chance);
    mean_ += chance;
    variance_ += spread;
    third_ += spread * (1.0 - 2.0 * chance);
}

// The hot loop of a decision: at 25 agents and 60 variables about 750 rounds of 12 numbers.
void Demand::add_exact(const GridRow& chance) {
    if (free_ <= 0) return;
    const GridRow rest = 1.0 - chance;
    if (counted_ + 1 < free_) {
        ++counted_;
        below_[static_cast<std::size_t>(counted_)].setZero();
    } else {
        none_left_ += chance * below_[static_cast<std::size_t>(free_ - 1)];
    }
    for (auto i = static_cast<std::size_t>(counted_); i > 0; --i) {
        below_[i] = below_[i] * rest + below_[i - 1] * chance;
    }
    below_[0] *= rest;
}

GridRow Demand::none_left(double relative_error) const {
    if (form_ == Form::Exact) return none_left_.min(1.0);
    const GridRow spread = variance(relative_error);
    GridRow chance;
    for (int k = 0; k < kGridPoints; ++k) {
        chance[k] = tail_by_moments(free_, mean_[k], spread[k], third_[k]);
    }
    return chance;
}

GridRow Demand::variance(double relative_error) const {
    return variance_ + (relative_error * calls_).square();
}

double Demand::surplus(double sigmas, double relative_error) const {
    if (form_ == Form::Exact) return 0;
    const GridRow wanted = mean_ + sigmas * variance(relative_error).sqrt();
    return std::max(0.0, wanted.maxCoeff() - free_);
}

double tail_by_moments(double least, double mean, double variance, double third) {
    if (variance < kVarianceMin) return mean >= least - 0.5 ? 1 : 0;
    const double sd = std::sqrt(variance);
    const double x = (least - 0.5 - mean) / sd;
    const double correction = third / (6 * variance * sd) * (x * x - 1) * maths::normal_density(x);
    return std::clamp(maths::normal_tail(x) + correction, 0.0, 1.0);
}

}  // namespace bellwether::pacing
