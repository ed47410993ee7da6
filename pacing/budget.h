#pragma once

#include <span>

#include "pacing/picture.h"

// How much risk a new line may take. Two parts: a chance that follows the results (a step up with
// every person served, many down with one abandoned), and a guard that asks whether the window
// could still be brought below its cap by progressive dialing if all calls under way went as badly
// as they may.

namespace bellwether::pacing {

/// Logarithm of the chance of abandonment that a new line may have. Its sum telescopes: while it is
/// not at an end of its range, abandoned - aim * answers = (start - now) / step, whatever the world
/// does.
struct BudgetState {
    double log_chance = -3.2188758248682006;  ///< ln 0.04, from ln 0.004 to ln 0.9
    double aim = 0.027;  ///< share of people abandoned that is aimed at, set by the last decision
    bool learns_good = false;  ///< people served count: not guarded, not held back, predictive
    bool frozen = false;       ///< lines were refused: results say nothing about the chance

    template <class Self, class Visit>
    static void fields(Self& self, Visit&& visit) {
        visit("log_chance", self.log_chance);
        visit("aim", self.aim);
        visit("learns_good", self.learns_good);
        visit("frozen", self.frozen);
    }
    friend bool operator==(const BudgetState&, const BudgetState&) = default;
};

void learn_result(BudgetState& budget, bool abandoned);
[[nodiscard]] double chance_of(const BudgetState& budget);

/// What the accounts are measured with.
struct Outlook {
    int agents = 0;          ///< not paused
    double handle_s = 0;     ///< mean talk and wrap-up
    double search_s = 0;     ///< that progressive mode needs to find one person, per agent
    double risky_calls = 0;  ///< expected people without an agent among the calls under way, lambda
    double surplus = 0;      ///< people past the agents there are, if it comes badly (Foreseen)
    double surplus_worst = 0;  ///< if it comes very badly
    double mistaken = 0;       ///< people taken for machines, per live answer; 0 if not counted
};

/// An account's room.
struct Headroom {
    double calls = 0;         ///< abandoned calls it still bears, sigma; <= 0: guarded
    double cap = 0.03;        ///< of that account
    double budget_calls = 0;  ///< abandoned calls that the whole window will allow, as things go
    /// Chance that the window ends above its cap, although progressive dialing starts now. The
    /// posterior of research: pacing C.4(4) knows of no control: it says a third every morning and
    /// pages for nothing. This one is what the guard leaves to chance: the calls under way, and how
    /// many people progressive dialing will find.
    double chance_over_cap = 0;
};

/// R: what `risky_calls` may come to: but for one case in fifty while an hour of the window is left
/// to make up for it, but for one in a thousand at its end.
[[nodiscard]] double worst_of(double risky_calls, double left_s);

[[nodiscard]] Headroom headroom_of(const AccountView& account, const Outlook& outlook);

/// The least room of all accounts: `calls` and `cap` of the tightest, the smallest budget and the
/// greatest chance of any. Without accounts there is no bound, and the cap is 1.
[[nodiscard]] Headroom tightest(std::span<const AccountView> accounts, const Outlook& outlook);

/// epsilon: what a new line may risk, given the room.
[[nodiscard]] double allowed_chance(double chance, double headroom_calls);

}  // namespace bellwether::pacing
