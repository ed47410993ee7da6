#include "pacing/budget.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/maths.h"

namespace bellwether::pacing {
namespace {

// Source of the constants, unless told otherwise: research: pacing C.4.
constexpr double kStep = 0.10;
constexpr double kLogChanceMin = -5.521460917862246;    // ln 0.004
constexpr double kLogChanceMax = -0.10536051565782628;  // ln 0.9
constexpr double kRecoveryS = 3600;     // so far ahead progressive dialing is counted on to make up
constexpr double kRecoveryShare = 0.8;  // of what progressive dialing brings on average
constexpr double kTaperFrom = 0.25;     // with less than 3/4 of a call's room the chance shrinks
constexpr double kBusyShare =
    0.9;  // of their time that agents of a predictive campaign spend with people
// Measured, two years of random days: at the end of a window nothing makes up for a miss.
constexpr double kLastCalls = 2;
constexpr double kRecoveryError =
    0.1;  // of the answers that progressive dialing is expected to bring

/// @param to_come  answers that progressive dialing will bring in the window.
double chance_over(const AccountView& account, double abandoned, double to_come, double risky) {
    const double allowed = account.cap * (static_cast<double>(account.live_answers) + to_come);
    const double sd_to_come = account.cap * kRecoveryError * to_come;
    const double variance = risky + account.cap * account.cap * to_come + sd_to_come * sd_to_come;
    // Whole calls: over is the first one past what is allowed.
    const double margin = std::floor(allowed) + 0.5 - abandoned - risky;
    if (variance < 1e-9) return margin < 0 ? 1 : 0;
    return maths::normal_tail(margin / std::sqrt(variance));
}

}  // namespace

void learn_result(BudgetState& budget, bool abandoned) {
    if (budget.frozen || (!abandoned && !budget.learns_good)) return;
    const double step = kStep * (budget.aim - (abandoned ? 1 : 0));
    budget.log_chance = std::clamp(budget.log_chance + step, kLogChanceMin, kLogChanceMax);
}

double chance_of(const BudgetState& budget) { return maths::exp(budget.log_chance); }

double worst_of(double risky_calls, double left_s) {
    // Source of both: research: pacing C.4(2), for a Poisson number of calls.
    const double early = std::clamp(left_s / kRecoveryS, 0.0, 1.0);
    return risky_calls + (3.1 - 1.1 * early) * std::sqrt(risky_calls) + 2 - early;
}

namespace {

/// What the calls under way may cost. Independent misses are Poisson; those of many agents are not.
double at_risk(const Outlook& outlook, double left_s) {
    const double early = std::clamp(left_s / kRecoveryS, 0.0, 1.0);
    const double surplus =
        early * outlook.surplus + (1 - early) * (outlook.surplus_worst + kLastCalls);
    return std::max(worst_of(outlook.risky_calls, left_s), surplus);
}

}  // namespace

Headroom headroom_of(const AccountView& account, const Outlook& outlook) {
    BW_CHECK(account.cap > 0 && account.cap <= 1);
    const double answers = static_cast<double>(account.live_answers);
    const double abandoned = static_cast<double>(account.abandoned) + outlook.mistaken * answers;
    const double left_s = std::max(0.0, account.remaining_s);
    const double progressive_per_s = outlook.agents / (outlook.handle_s + outlook.search_s);
    const double recoverable = kRecoveryShare * progressive_per_s * std::min(kRecoveryS, left_s);
    const double busy_per_s = kBusyShare * outlook.agents / outlook.handle_s;

    Headroom room;
    room.cap = account.cap;
    room.calls = account.cap * (answers + recoverable) - abandoned - at_risk(outlook, left_s);
    room.budget_calls = account.cap * (answers + busy_per_s * left_s);
    room.chance_over_cap =
        chance_over(account, abandoned, progressive_per_s * left_s, outlook.risky_calls);
    return room;
}

Headroom tightest(std::span<const AccountView> accounts, const Outlook& outlook) {
    constexpr double kUnbounded = std::numeric_limits<double>::max();
    Headroom least{.calls = kUnbounded, .cap = 1, .budget_calls = kUnbounded};
    for (const AccountView& account : accounts) {
        const Headroom room = headroom_of(account, outlook);
        if (room.calls < least.calls) {
            least.calls = room.calls;
            least.cap = room.cap;
        }
        least.budget_calls = std::min(least.budget_calls, room.budget_calls);
        least.chance_over_cap = std::max(least.chance_over_cap, room.chance_over_cap);
    }
    return least;
}

double allowed_chance(double chance, double headroom_calls) {
    if (headroom_calls <= 0) return 0;
    return chance * std::min(1.0, kTaperFrom + headroom_calls);
}

}  // namespace bellwether::pacing
