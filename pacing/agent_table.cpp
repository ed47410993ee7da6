#include "pacing/agent_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/maths.h"
#include "pacing/duration_model.h"

namespace bellwether::pacing {
namespace {

// Rows and steps ahead are two seconds apart. Steps are carried so far ahead that they cover the
// last moment of the grid and ten seconds of patience.
constexpr double kStepS = 2;
constexpr int kStepsAhead = 21;
using Ahead = Eigen::Array<double, kStepsAhead, 1>;

constexpr double kLastRowHazard = 5;  // rows end where 0.7 % of the durations are left
constexpr int kRowsMin = 30;
constexpr int kRowsMax = 450;

/// Cumulated hazard at each row, and one beyond the last.
std::vector<double> hazard_at_rows(std::span<const double> hazard) {
    std::vector<double> sums{0.0};
    for (int row = 1; row <= kRowsMax; ++row) {
        sums.push_back(cumulated_hazard(hazard, row * kStepS));
        if (row > kRowsMin && sums.back() > kLastRowHazard) break;
    }
    return sums;
}

/// The values of `ahead` (at 0, 2, 4 ... s) where a person whose verdict falls at a moment of the
/// grid runs out of patience.
class AtGrid {
public:
    explicit AtGrid(double patience_s) {
        for (int k = 0; k < kGridPoints; ++k) {
            const double time = std::min((grid_time_s(k) + patience_s) / kStepS, kStepsAhead - 1.0);
            before_[k] = std::min(static_cast<int>(time), kStepsAhead - 2);
            share_[k] = time - before_[k];
        }
    }

    [[nodiscard]] GridRow of(const Ahead& ahead) const {
        GridRow row;
        for (int k = 0; k < kGridPoints; ++k) {
            const double low = ahead[before_[k]];
            row[k] = low + share_[k] * (ahead[before_[k] + 1] - low);
        }
        return row;
    }

private:
    Eigen::Array<int, kGridPoints, 1> before_;
    GridRow share_;
};

/// Rows for ages 0, 2, ... s, from the last back to the first: within a step a duration ends, about
/// in its middle, and `after` goes on from there; or it does not, and the row of the next age
/// holds.
///
/// @param sums   cumulated hazard at each row and one beyond the last.
/// @param after  entry s: the chance to be free within s - 1/2 steps of the end; entry 0 is 0.
std::vector<GridRow> table_of(const std::vector<double>& sums, double pace, const Ahead& after,
                              const AtGrid& grid) {
    const std::size_t count = sums.size() - 1;
    std::vector<GridRow> rows(count);
    const auto ends = [&](std::size_t row) {
        return 1 - maths::exp(-pace * (sums[row + 1] - sums[row]));
    };

    Ahead free = Ahead::Zero();
    const double last = ends(count - 1);
    for (int s = 1; s < kStepsAhead; ++s) free[s] = last * after[s] + (1 - last) * free[s - 1];

    for (std::size_t row = count; row-- > 0;) {
        const double end = ends(row);
        const Ahead next = free;
        free.tail<kStepsAhead - 1>() =
            end * after.tail<kStepsAhead - 1>() + (1 - end) * next.head<kStepsAhead - 1>();
        rows[row] = grid.of(free);
    }
    return rows;
}

/// Chance that a wrap-up is over s - 1/2 steps after it has begun.
Ahead wrap_up_over(std::span<const double> hazard) {
    Ahead over = Ahead::Zero();
    for (int s = 1; s < kStepsAhead; ++s) {
        over[s] = 1 - maths::exp(-cumulated_hazard(hazard, (s - 0.5) * kStepS));
    }
    return over;
}

Ahead at_once() {
    Ahead free = Ahead::Ones();
    free[0] = 0;
    return free;
}

}  // namespace

AgentTable::AgentTable(const AgentBelief& belief) {
    const AtGrid grid{belief.patience_s};
    const Ahead wrap_up = wrap_up_over(belief.wrap_up_hazard);
    const std::vector<double> talk_sums = hazard_at_rows(belief.talk_hazard);
    const std::vector<double> wrap_up_sums = hazard_at_rows(belief.wrap_up_hazard);
    for (std::size_t i = 0; i < kPaces.size(); ++i) {
        talking_[i] = table_of(talk_sums, kPaces[i], wrap_up, grid);
        wrapping_[i] = table_of(wrap_up_sums, kPaces[i], at_once(), grid);
    }
}

GridRow AgentTable::between(const std::array<Rows, 3>& tables, double elapsed_s, double pace) {
    const std::size_t row =
        std::min(static_cast<std::size_t>(elapsed_s / kStepS + 0.5), tables[0].size() - 1);
    if (pace == 1) return tables[1][row];
    const double bounded = std::clamp(pace, kPaces.front(), kPaces.back());
    const std::size_t low = bounded < kPaces[1] ? 0 : 1;
    const double share = (bounded - kPaces[low]) / (kPaces[low + 1] - kPaces[low]);
    return tables[low][row] + share * (tables[low + 1][row] - tables[low][row]);
}

GridRow AgentTable::talking(double elapsed_s, double pace) const {
    return between(talking_, elapsed_s, pace);
}

GridRow AgentTable::wrapping(double elapsed_s, double pace) const {
    return between(wrapping_, elapsed_s, pace);
}

}  // namespace bellwether::pacing
