#include "pacing/budget.h"

#include <gtest/gtest.h>

#include <vector>

namespace bellwether::pacing {
namespace {

BudgetState learning() { return {.aim = 0.027, .learns_good = true}; }

// Expected values: scripts/reference/pacing.py, part budget.
TEST(Budget, FollowsTheResultsLikeTheReference) {
    BudgetState budget = learning();
    const auto served = [&](int times) {
        for (int i = 0; i < times; ++i) learn_result(budget, false);
    };
    for (int round = 0; round < 12; ++round) {
        served(40);
        learn_result(budget, true);
    }
    for (int i = 0; i < 6; ++i) learn_result(budget, true);
    served(100);
    EXPECT_NEAR(chance_of(budget), 0.033230876345, 1e-10);
}

TEST(Budget, PeopleServedCountOnlyWhileThePacerTakesRisks) {
    BudgetState budget = learning();
    budget.learns_good = false;
    const double before = chance_of(budget);
    learn_result(budget, false);
    EXPECT_EQ(chance_of(budget), before);
    learn_result(budget, true);
    EXPECT_LT(chance_of(budget), before);
}

TEST(Budget, IsFrozenWhileLinesAreRefused) {
    BudgetState budget = learning();
    budget.frozen = true;
    const double before = chance_of(budget);
    for (int i = 0; i < 100; ++i) learn_result(budget, i % 10 == 0);
    EXPECT_EQ(chance_of(budget), before);
}

TEST(Budget, StaysBetweenItsEnds) {
    BudgetState budget = learning();
    for (int i = 0; i < 1000; ++i) learn_result(budget, true);
    EXPECT_NEAR(chance_of(budget), 0.004, 1e-12);
    for (int i = 0; i < 100'000; ++i) learn_result(budget, false);
    EXPECT_NEAR(chance_of(budget), 0.9, 1e-12);
}

Outlook outlook(double risky_calls) {
    return {.agents = 25, .handle_s = 75, .search_s = 110, .risky_calls = risky_calls};
}

TEST(Headroom, IsThatOfTheReference) {
    const auto calls = [](std::int64_t answers, std::int64_t abandoned, double left_s) {
        const AccountView account{0.03, answers, abandoned, left_s};
        return headroom_of(account, outlook(0.8)).calls;
    };
    EXPECT_NEAR(calls(0, 0, 28800), 8.086821294, 1e-8);
    EXPECT_NEAR(calls(1500, 40, 7200), 13.086821294, 1e-8);
    EXPECT_NEAR(calls(3000, 88, 600), -1.296133361, 1e-8);
    EXPECT_NEAR(calls(3000, 85, 0), -0.572724292, 1e-8);
}

// Expected values: scripts/reference/pacing.py, part over; ours is one normal approximation of both
// parts.
TEST(Headroom, ChanceOverCapIsAboutThatOfTheReference) {
    const auto chance = [](std::int64_t answers, std::int64_t abandoned, double left_s,
                           double risky) {
        const AccountView account{0.03, answers, abandoned, left_s};
        return headroom_of(account, outlook(risky)).chance_over_cap;
    };
    EXPECT_NEAR(chance(1500, 40, 7200, 0.8), 0.0, 1e-4);
    EXPECT_NEAR(chance(1500, 57, 3600, 0.8), 0.16277, 0.04);
    EXPECT_NEAR(chance(3000, 88, 60, 2.0), 0.32416, 0.07);
    EXPECT_NEAR(chance(3000, 86, 0, 6.0), 0.71494, 0.04);
    EXPECT_NEAR(chance(3000, 91, 0, 0.1), 1.0, 0.04);
}

TEST(Headroom, MistakenMachinesUseItUp) {
    const AccountView account{0.03, 1000, 10, 3600};
    Outlook with = outlook(0.5);
    with.mistaken = 0.01;
    EXPECT_NEAR(headroom_of(account, outlook(0.5)).calls - headroom_of(account, with).calls, 10,
                1e-9);
}

TEST(Headroom, TheTightestAccountRules) {
    const std::vector<AccountView> accounts{{0.03, 4000, 100, 86400}, {0.02, 500, 12, 3600}};
    const Headroom room = tightest(accounts, outlook(0.5));
    EXPECT_EQ(room.cap, 0.02);
    EXPECT_EQ(room.calls, headroom_of(accounts[1], outlook(0.5)).calls);
    EXPECT_EQ(room.chance_over_cap, headroom_of(accounts[1], outlook(0.5)).chance_over_cap);
}

TEST(Headroom, WithoutAccountsThereIsNoBound) {
    const Headroom room = tightest({}, outlook(0.5));
    EXPECT_GT(room.calls, 1e9);
    EXPECT_EQ(room.chance_over_cap, 0);
}

TEST(Headroom, TheChanceShrinksWithTheLastCallOfRoom) {
    EXPECT_EQ(allowed_chance(0.04, 5), 0.04);
    EXPECT_NEAR(allowed_chance(0.04, 0.25), 0.02, 1e-12);
    EXPECT_EQ(allowed_chance(0.04, 0), 0);
    EXPECT_EQ(allowed_chance(0.04, -3), 0);
}

}  // namespace
}  // namespace bellwether::pacing
