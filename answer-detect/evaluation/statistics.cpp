#include "answer-detect/evaluation/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/check.h"

namespace bellwether::answer_detect::evaluation {

std::optional<double> Share::value() const {
    if (of == 0) return {};
    return static_cast<double>(count) / static_cast<double>(of);
}

Interval wilson95(const Share& share) {
    constexpr double kZ = 1.959963984540054;  // 97.5 % quantile of the standard normal
    if (share.of == 0) return {};
    const auto n = static_cast<double>(share.of);
    const double p = static_cast<double>(share.count) / n;
    const double scale = 1 + kZ * kZ / n;
    const double centre = (p + kZ * kZ / (2 * n)) / scale;
    const double half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n)) / scale;
    // At the ends the formula gives 0 and 1 exactly, but for rounding.
    return {share.count == 0 ? 0 : std::max(0.0, centre - half),
            share.count == share.of ? 1 : std::min(1.0, centre + half)};
}

std::optional<double> auc(std::span<const double> positives, std::span<const double> negatives) {
    if (positives.empty() || negatives.empty()) return {};
    std::vector<double> below{negatives.begin(), negatives.end()};
    BW_CHECK(std::ranges::none_of(below, [](double value) { return std::isnan(value); }));
    std::ranges::sort(below);
    double wins = 0;
    for (const double value : positives) {
        BW_CHECK(!std::isnan(value));
        const auto [first, last] = std::equal_range(below.begin(), below.end(), value);
        const auto under = static_cast<double>(first - below.begin());
        const auto ties = static_cast<double>(last - first);
        wins += under + ties / 2;
    }
    return wins / (static_cast<double>(positives.size()) * static_cast<double>(below.size()));
}

std::optional<double> percentile(std::vector<double> values, double share) {
    BW_CHECK(share >= 0 && share <= 1);
    if (values.empty()) return {};
    std::ranges::sort(values);
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(place));
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

}  // namespace bellwether::answer_detect::evaluation
