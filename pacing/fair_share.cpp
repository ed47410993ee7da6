#include "pacing/fair_share.h"

#include <algorithm>
#include <numeric>

namespace bellwether::pacing {
namespace {

constexpr double kNothing = 1e-9;  // of lines and calls per second, of which fractions mean little

std::vector<double> reserves_of(double capacity, std::span<const ShareDemand> demands) {
    std::vector<double> shares;
    for (const ShareDemand& demand : demands)
        shares.push_back(std::min(demand.wants, demand.reserved));
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    if (all > capacity) {
        for (double& share : shares) share *= capacity / all;
    }
    return shares;
}

}  // namespace

std::vector<double> share_fairly(double capacity, std::span<const ShareDemand> demands) {
    std::vector<double> shares = reserves_of(capacity, demands);
    double left = capacity - std::accumulate(shares.begin(), shares.end(), 0.0);
    // Each round fills somebody up or uses up what is left.
    for (std::size_t round = 0; round < demands.size() && left > kNothing; ++round) {
        double weights = 0;
        for (std::size_t i = 0; i < demands.size(); ++i) {
            if (demands[i].wants - shares[i] > kNothing) weights += demands[i].weight;
        }
        if (weights == 0) break;
        double given = 0;
        for (std::size_t i = 0; i < demands.size(); ++i) {
            const double missing = demands[i].wants - shares[i];
            if (missing <= kNothing) continue;
            const double more = std::min(missing, left * demands[i].weight / weights);
            shares[i] += more;
            given += more;
        }
        left -= given;
    }
    return shares;
}

}  // namespace bellwether::pacing
