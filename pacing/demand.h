#pragma once

#include <vector>

#include "pacing/grid.h"

namespace bellwether::pacing {

/// Agents up to which the count's distribution is computed exactly. Above, its moments are
/// accurate: research: pacing B.7, C.2.
inline constexpr int kExactAgentsMax = 40;

/// The number of agents wanted at each moment of the grid, by people who will have answered and by
/// work that will not be over: a sum of independent yes-or-no variables. Asks how likely it is that
/// no agent is left for one more. Reused from decision to decision, so that none allocates.
class Demand {
public:
    enum class Form { Exact, Moments };

    /// Starts anew: nobody wants an agent yet. @param agents  there are in all, >= 0.
    void start(int agents, Form form);
    void start(int agents) {
        start(agents, agents <= kExactAgentsMax ? Form::Exact : Form::Moments);
    }

    /// One more wants an agent at each moment with these chances, each in [0, 1].
    void add(const GridRow& chance);
    void add_certain(int count);

    /// q: chance that all agents are taken, at each moment, in [0, 1].
    [[nodiscard]] GridRow none_left() const;

private:
    void add_exact(const GridRow& chance);

    Form form_ = Form::Exact;
    int free_ = 0;  ///< agents less certain demand; may be negative
    // Exact: chance of a demand of 0, 1 ... free_ - 1; what lies above is in none_left_.
    std::vector<GridRow> below_;
    int counted_ = 0;  ///< how many may be above 0 in below_, less one
    GridRow none_left_ = GridRow::Zero();
    // Moments of the demand.
    GridRow mean_ = GridRow::Zero();
    GridRow variance_ = GridRow::Zero();
    GridRow third_ = GridRow::Zero();  ///< central
};

/// Chance that a sum of independent yes-or-no variables reaches `least`, from its mean, variance
/// and third central moment: the normal tail with Edgeworth's first correction and continuity
/// correction.
[[nodiscard]] double tail_by_moments(double least, double mean, double variance, double third);

}  // namespace bellwether::pacing
