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
// Belief, before a window has answers, that it ends at the aim: worth so many answers.
constexpr double kPriorAnswers = 30;
constexpr double kPriorRate = 0.027;

double chance_over(const AccountView& account, double answers_to_come, double risky_calls) {
    const double answers = static_cast<double>(account.live_answers);
    const double abandoned = static_cast<double>(account.abandoned);
    const double weight = answers + kPriorAnswers;
    const double rate = (abandoned + kPriorAnswers * kPriorRate) / weight;
    // Abandoned calls to come: those at risk now (Poisson), and a beta-binomial share of the
    // answers.
    const double mean = abandoned + risky_calls + answers_to_come * rate;
    const double overdispersion = 1 + std::max(0.0, answers_to_come - 1) / (weight + 1);
    const double variance = risky_calls + answers_to_come * rate * (1 - rate) * overdispersion;
    const double bound = std::floor(account.cap * (answers + answers_to_come)) + 1;
    if (variance < 1e-9) return mean >= bound - 0.5 ? 1 : 0;
    return maths::normal_tail((bound - 0.5 - mean) / std::sqrt(variance));
}

}  // namespace

void learn_result(BudgetState& budget, bool abandoned) {
    if (budget.frozen || (!abandoned && !budget.learns_good)) return;
    const double step = kStep * (budget.aim - (abandoned ? 1 : 0));
    budget.log_chance = std::clamp(budget.log_chance + step, kLogChanceMin, kLogChanceMax);
}

double chance_of(const BudgetState& budget) { return maths::exp(budget.log_chance); }

double worst_of(double risky_calls) { return risky_calls + 3.1 * std::sqrt(risky_calls) + 2; }

Headroom headroom_of(const AccountView& account, const Outlook& outlook) {
    BW_CHECK(account.cap > 0 && account.cap <= 1);
    const double answers = static_cast<double>(account.live_answers);
    const double abandoned =
        static_cast<double>(account.abandoned) + outlook.counted_as_abandoned * answers;
    const double left_s = std::max(0.0, account.remaining_s);
    const double cycle_s = outlook.handle_s + outlook.search_s;
    const double recoverable =
        kRecoveryShare * outlook.agents * std::min(kRecoveryS, left_s) / cycle_s;

    Headroom room;
    room.cap = account.cap;
    room.answers_to_come = kBusyShare * outlook.agents * left_s / outlook.handle_s;
    room.calls = account.cap * (answers + recoverable) - abandoned - worst_of(outlook.risky_calls);
    room.chance_over_cap = chance_over(account, room.answers_to_come, outlook.risky_calls);
    return room;
}

Headroom tightest(std::span<const AccountView> accounts, const Outlook& outlook) {
    Headroom least{.calls = std::numeric_limits<double>::max(), .cap = 1};
    for (const AccountView& account : accounts) {
        const Headroom room = headroom_of(account, outlook);
        const double chance = std::max(least.chance_over_cap, room.chance_over_cap);
        if (room.calls < least.calls) least = room;
        least.chance_over_cap = chance;
    }
    return least;
}

double allowed_chance(double chance, double headroom_calls) {
    if (headroom_calls <= 0) return 0;
    return chance * std::min(1.0, kTaperFrom + headroom_calls);
}

}  // namespace bellwether::pacing
