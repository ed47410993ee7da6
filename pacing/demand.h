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
    /// A call in flight. Its chance is only an estimate: see none_left().
    void add_call(const GridRow& chance) {
        add(chance);
        calls_ += chance;
    }
    void add_certain(int count);

    /// q: chance that all agents are taken, at each moment, in [0, 1].
    ///
    /// @param relative_error  standard deviation of the answer rate over itself, >= 0. It is one
    /// for all
    ///        calls, so it does not average out: with hundreds of calls and few answers heard so
    ///        far it is the greatest risk of all. Counted in the form of moments alone.
    [[nodiscard]] GridRow none_left(double relative_error) const;

    /// How many agents more than there are may be wanted at the worst moment: mean and so many
    /// standard deviations, less the agents. When hundreds of agents run short, they do so by a
    /// dozen at once. 0 in the exact form: few agents run short by one or two.
    [[nodiscard]] double surplus(double sigmas, double relative_error) const;

    /// Sum of the chances given to add_call().
    [[nodiscard]] const GridRow& expected_calls() const { return calls_; }

private:
    [[nodiscard]] GridRow variance(double relative_error) const;
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
    GridRow calls_ = GridRow::Zero();  ///< the part of the mean that calls in flight make
};

/// Chance that a sum of independent yes-or-no variables reaches `least`, from its mean, variance
/// and third central moment: the normal tail with Edgeworth's first correction and continuity
/// correction.
[[nodiscard]] double tail_by_moments(double least, double mean, double variance, double third);

}  // namespace bellwether::pacing
