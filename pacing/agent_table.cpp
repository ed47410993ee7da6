#include "pacing/agent_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/maths.h"
#include "pacing/duration_model.h"

namespace bellwether::pacing {
namespace {

// Whole seconds ahead for which chances are carried along: the last moment of the grid, the
// patience and one more.
constexpr int kSecondsAhead = 40;
using Ahead = Eigen::Array<double, kSecondsAhead, 1>;

constexpr double kLastRowHazard = 5;  // rows end where 0.7 % of the durations are left
constexpr int kRowsMin = 60;
constexpr int kRowsMax = 900;

int rows_for(std::span<const double> hazard) {
    int rows = kRowsMin;
    while (rows < kRowsMax && cumulated_hazard(hazard, rows) < kLastRowHazard) rows += 10;
    return rows;
}

/// Chance to end within a second, at each step of the curve.
std::array<double, kDurationEdges.size()> ends_within_second(std::span<const double> hazard,
                                                             double pace) {
    std::array<double, kDurationEdges.size()> ends{};
    for (std::size_t step = 0; step < ends.size(); ++step) {
        ends[step] = 1 - maths::exp(-pace * hazard[step]);
    }
    return ends;
}

/// The values of `ahead` (at 0, 1, 2 ... s) where a person whose verdict falls at a moment of the
/// grid runs out of patience.
GridRow at_grid(const Ahead& ahead, double patience_s) {
    GridRow row;
    for (int k = 0; k < kGridPoints; ++k) {
        const double time = std::min(grid_time_s(k) + patience_s, kSecondsAhead - 1.0);
        const int before = std::min(static_cast<int>(time), kSecondsAhead - 2);
        row[k] = ahead[before] + (time - before) * (ahead[before + 1] - ahead[before]);
    }
    return row;
}

/// Rows for ages 0, 1, ... s, from the last back to the first: within a second a duration ends,
/// about in its middle, and `after` goes on from there; or it does not, and the row of the next age
/// holds.
///
/// @param after  entry s: the chance to be free within s - 1/2 seconds of the end; entry 0 is 0.
std::vector<GridRow> table_of(std::span<const double> hazard, double pace, const Ahead& after,
                              double patience_s) {
    const auto ends = ends_within_second(hazard, pace);
    const int count = rows_for(hazard);
    std::vector<GridRow> rows(static_cast<std::size_t>(count));

    Ahead free = Ahead::Zero();
    const double last = ends[static_cast<std::size_t>(duration_step(count))];
    for (int s = 1; s < kSecondsAhead; ++s) free[s] = last * after[s] + (1 - last) * free[s - 1];

    int step = duration_step(count - 1);
    for (int age = count - 1; age >= 0; --age) {
        while (kDurationEdges[static_cast<std::size_t>(step)] > age) --step;
        const double end = ends[static_cast<std::size_t>(step)];
        const Ahead next = free;
        free.tail<kSecondsAhead - 1>() =
            end * after.tail<kSecondsAhead - 1>() + (1 - end) * next.head<kSecondsAhead - 1>();
        rows[static_cast<std::size_t>(age)] = at_grid(free, patience_s);
    }
    return rows;
}

/// Chance that a wrap-up is over s - 1/2 seconds after it has begun.
Ahead wrap_up_over(std::span<const double> hazard) {
    Ahead over = Ahead::Zero();
    for (int s = 1; s < kSecondsAhead; ++s) {
        over[s] = 1 - maths::exp(-cumulated_hazard(hazard, s - 0.5));
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
    const Ahead wrap_up = wrap_up_over(belief.wrap_up_hazard);
    for (std::size_t i = 0; i < kPaces.size(); ++i) {
        talking_[i] = table_of(belief.talk_hazard, kPaces[i], wrap_up, belief.patience_s);
        wrapping_[i] = table_of(belief.wrap_up_hazard, kPaces[i], at_once(), belief.patience_s);
    }
}

GridRow AgentTable::between(const std::array<Rows, 3>& tables, double elapsed_s, double pace) {
    const std::size_t row =
        std::min(static_cast<std::size_t>(elapsed_s + 0.5), tables[0].size() - 1);
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
