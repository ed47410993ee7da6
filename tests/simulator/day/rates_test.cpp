#include "simulator/day/rates.h"

#include <gtest/gtest.h>

namespace bellwether::simulator {
namespace {

// Expected values: scripts/reference/day_moments.py.
struct Row {
    const char* name;
    double live, machine, fast_fail, amplitude, t_s;
    Rates expected;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class RatesAt : public testing::TestWithParam<Row> {};

TEST_P(RatesAt, FollowsTheFile) {
    const Row& row = GetParam();
    DayScenario scenario;
    scenario.line.live = row.live;
    scenario.line.machine = row.machine;
    scenario.line.fast_fail = row.fast_fail;
    scenario.line.drift = {row.amplitude, 3};
    const Rates rates = rates_at(scenario, row.t_s);
    EXPECT_NEAR(rates.live, row.expected.live, 1e-9);
    EXPECT_NEAR(rates.machine, row.expected.machine, 1e-9);
    EXPECT_NEAR(rates.fast_fail, row.expected.fast_fail, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RatesAt,
    testing::Values(Row{"no drift", 0.2, 0.25, 0.08, 0, 0, {0.2, 0.25, 0.08}},
                    Row{"crest", 0.2, 0.25, 0.08, 0.3, 2700, {0.26, 0.25, 0.08}},
                    Row{"trough", 0.2, 0.25, 0.08, 0.3, 8100, {0.14, 0.25, 0.08}},
                    Row{"between", 0.2, 0.25, 0.08, 0.3, 1000, {0.232970539, 0.25, 0.08}},
                    Row{"at most 0.9", 0.85, 0.25, 0.08, 0.3, 2700, {0.9, 0.06, 0.02}},
                    Row{"squeezed", 0.7, 0.5, 0.3, 0, 0, {0.7, 0.18, 0.06}}),
    [](const auto& test) {
        std::string name;
        for (const char c : std::string{test.param.name}) name += std::isalnum(c) ? c : 'x';
        return name;
    });

TEST(Rates, AChangeHoldsFromItsHourUntilTheNext) {
    DayScenario scenario;
    scenario.line.live = 0.1;
    scenario.line.live_changes = {{2.0, 0.35}, {4.0, 0.2}};
    EXPECT_DOUBLE_EQ(rates_at(scenario, 2 * 3600 - 0.001).live, 0.1);
    EXPECT_DOUBLE_EQ(rates_at(scenario, 2 * 3600).live, 0.35);
    EXPECT_DOUBLE_EQ(rates_at(scenario, 4 * 3600).live, 0.2);

    scenario.talk.mean_changes = {{4.0, 150}};
    EXPECT_DOUBLE_EQ(mean_talk_s_at(scenario, 4 * 3600 - 1), 60);
    EXPECT_DOUBLE_EQ(mean_talk_s_at(scenario, 5 * 3600), 150);
}

TEST(Rates, AChangeDriftsToo) {
    DayScenario scenario;
    scenario.line.live_changes = {{0.5, 0.4}};
    scenario.line.drift = {0.3, 3};
    EXPECT_NEAR(rates_at(scenario, 2700).live, 0.4 * 1.3, 1e-12);
}

TEST(Rates, BreaksDependOnWhatACallTakes) {
    DayScenario scenario;
    EXPECT_DOUBLE_EQ(break_chance_at(scenario, 0), 0);
    scenario.agents.breaks_per_hour = 0.5;
    EXPECT_NEAR(break_chance_at(scenario, 0), 0.010362601, 1e-9);
    scenario.agents.breaks_per_hour = 2;
    scenario.talk.mean_changes = {{4.0, 150}};
    EXPECT_NEAR(break_chance_at(scenario, 4 * 3600), 0.087590765, 1e-9);
}

}  // namespace
}  // namespace bellwether::simulator
