#pragma once

#include <array>
#include <span>
#include <vector>

#include "base/ids.h"
#include "pacing/belief.h"
#include "pacing/grid.h"

namespace bellwether::pacing {

/// For each age of a talk or a wrap-up: the chance that the agent is free in time for a person
/// whose verdict falls at a moment of the grid. Made from an AgentBelief; the rows are two seconds
/// apart.
class AgentTable {
public:
    explicit AgentTable(const AgentBelief& belief);

    /// F(s) of research: pacing C.2, rising along the grid, in [0, 1]. `pace`: factor on the
    /// hazard.
    [[nodiscard]] GridRow talking(double elapsed_s, double pace) const;
    [[nodiscard]] GridRow wrapping(double elapsed_s, double pace) const;

private:
    /// Paces with tables of their own; the others lie between two of them.
    static constexpr std::array<double, 3> kPaces{0.7, 1.0, 1.4};
    using Rows = std::vector<GridRow>;

    [[nodiscard]] static GridRow between(const std::array<Rows, 3>& tables, double elapsed_s,
                                         double pace);

    std::array<Rows, 3> talking_;
    std::array<Rows, 3> wrapping_;
};

}  // namespace bellwether::pacing
