#include "campaigns/weighting/design_effect.h"

#include <cmath>

#include "base/check.h"

namespace bellwether::campaigns::weighting {
namespace {

constexpr double kNormal95 = 1.96;        // two-sided 95 % of the normal distribution
constexpr double kVarianceOfHalf = 0.25;  // of a share of one half: the largest there is

}  // namespace

Precision precision_of(std::span<const double> weights) {
    BW_CHECK(!weights.empty());
    double sum = 0;
    double squares = 0;
    for (const double weight : weights) {
        BW_CHECK(weight > 0);
        sum += weight;
        squares += weight * weight;
    }
    const auto cases = static_cast<double>(weights.size());
    Precision precision;
    precision.design_effect = cases * squares / (sum * sum);
    precision.effective_cases = cases / precision.design_effect;
    precision.margin = kNormal95 * std::sqrt(kVarianceOfHalf / precision.effective_cases);
    return precision;
}

}  // namespace bellwether::campaigns::weighting
