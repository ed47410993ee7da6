#include "pacing/demand.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace bellwether::pacing {
namespace {

struct Known {
    const char* name;
    std::vector<double> chances;
    int agents;
    double none_left;
};
void PrintTo(const Known& row, std::ostream* out) { *out << row.name; }

// Expected values: scripts/reference/pacing.py, part demand (all subsets).
const Known kKnown[] = {
    {"Few", {0.1, 0.25, 0.5, 0.9, 0.3, 0.05}, 3, 0.3164625},
    {"Many", {0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.7, 0.7, 0.7, 0.7}, 5, 0.462327582720},
    {"Sure", {0.6, 0.4, 1.0, 1.0}, 3, 0.76},
    {"TooFewToFail", {0.3, 0.2}, 5, 0},
    {"NoAgents", {0.3}, 0, 1},
};

class DemandTable : public testing::TestWithParam<Known> {};

TEST_P(DemandTable, ExactIsThatOfTheReference) {
    Demand demand;
    demand.start(GetParam().agents, Demand::Form::Exact);
    for (const double chance : GetParam().chances) demand.add(GridRow::Constant(chance));
    const GridRow none_left = demand.none_left(0);
    for (int k = 0; k < kGridPoints; ++k) EXPECT_NEAR(none_left[k], GetParam().none_left, 1e-10);
}

INSTANTIATE_TEST_SUITE_P(Reference, DemandTable, testing::ValuesIn(kKnown),
                         [](const auto& row) { return row.param.name; });

TEST(Demand, CertainDemandIsDemandOfChanceOne) {
    for (const auto form : {Demand::Form::Exact, Demand::Form::Moments}) {
        Demand certain;
        certain.start(4, form);
        certain.add(GridRow::Constant(0.3));
        certain.add_certain(2);
        certain.add(GridRow::Constant(0.6));
        Demand added;
        added.start(4, form);
        for (const double chance : {0.3, 1.0, 1.0, 0.6}) added.add(GridRow::Constant(chance));
        EXPECT_NEAR(certain.none_left(0)[0], added.none_left(0)[0], 1e-12);
    }
}

TEST(Demand, MoreCertainDemandThanAgentsLeavesNone) {
    for (const auto form : {Demand::Form::Exact, Demand::Form::Moments}) {
        Demand demand;
        demand.start(2, form);
        demand.add_certain(5);
        EXPECT_EQ(demand.none_left(0)[0], 1);
    }
}

TEST(Demand, IsForgottenAtAStart) {
    Demand demand;
    demand.start(3, Demand::Form::Exact);
    for (int i = 0; i < 10; ++i) demand.add_call(GridRow::Constant(0.9));
    demand.start(3, Demand::Form::Exact);
    EXPECT_EQ(demand.none_left(0)[0], 0);
    EXPECT_EQ(demand.expected_calls()[0], 0);
}

// 400 calls at a rate that is known to a third: the chance of 100 answers where 80 are expected is
// no matter of binomial luck (2.5 sd of 8) but of the rate (0.7 sd of 27).
TEST(Demand, AnUnknownRateIsTheGreatestRisk) {
    Demand demand;
    demand.start(100, Demand::Form::Moments);
    for (int i = 0; i < 400; ++i) demand.add_call(GridRow::Constant(0.2));
    EXPECT_LT(demand.none_left(0)[0], 0.01);
    EXPECT_NEAR(demand.none_left(0.33)[0], 0.24, 0.03);  // 1 - Phi(19.5 / 27.6)
}

// 400 calls at 0.2: 80 wanted, standard deviation 8.
TEST(Demand, ASurplusIsMeanAndDeviationsLessTheAgents) {
    Demand demand;
    demand.start(90, Demand::Form::Moments);
    for (int i = 0; i < 400; ++i) demand.add_call(GridRow::Constant(0.2));
    EXPECT_NEAR(demand.surplus(2, 0), 6, 1e-9);
    EXPECT_EQ(demand.surplus(1, 0), 0);
    EXPECT_NEAR(demand.surplus(2, 0.1), 80 + 2 * std::sqrt(64 + 64) - 90, 1e-9);
}

}  // namespace
}  // namespace bellwether::pacing
