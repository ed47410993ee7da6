#pragma once

#include <vector>

#include "pacing/belief.h"
#include "pacing/grid.h"

namespace bellwether::pacing {

/// For each age of a ringing call: the chance that a person has picked up and the verdict is there,
/// at each moment of the grid. Made from a CallBelief; the rows are half a second apart.
class CallTable {
public:
    explicit CallTable(const CallBelief& belief);

    /// @param multiplier  of this contact's live hazard (answer_rates.h), > 0.
    /// @return d(s) of research: pacing C.2, rising along the grid, in [0, 1].
    [[nodiscard]] GridRow ringing(double age_s, double multiplier) const;

    /// Chance that a call picked up `ring_s` after the INVITE was picked up by a person.
    [[nodiscard]] double human(double ring_s, double multiplier) const;

    /// When the verdict of a new call falls, given that a person answers: sums to 1.
    [[nodiscard]] const GridRow& new_call_weights() const { return weights_; }

    /// Chance that a new call is answered by a person.
    [[nodiscard]] double answer_rate(double multiplier) const;
    /// Mean time from the INVITE to whatever ends the ring.
    [[nodiscard]] double mean_ring_s() const { return mean_ring_s_; }

private:
    [[nodiscard]] std::size_t row_of(double age_s) const;
    [[nodiscard]] double scale(double chance, double multiplier) const;

    double answer_rate_;
    double mean_ring_s_;
    std::vector<GridRow> rows_;
    std::vector<double> ever_;   ///< for each row: chance of a live answer at all
    std::vector<double> human_;  ///< for each row
    GridRow weights_;
};

}  // namespace bellwether::pacing
