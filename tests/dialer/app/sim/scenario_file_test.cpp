#include "dialer/app/sim/scenario_file.h"

#include <gtest/gtest.h>

namespace bellwether::app {
namespace {

using compliance::WindowKind;
using simulator::DayScenario;

Checked<DayScenario> parse(const std::string& text) { return parse_scenario(text, "s.toml"); }

TEST(ScenarioFile, OnlyTheNumberOfAgentsIsNeeded) {
    const auto scenario = parse("agents.count = 25\n");
    ASSERT_TRUE(scenario) << to_text(scenario.error());
    EXPECT_EQ(scenario->name, "");
    EXPECT_DOUBLE_EQ(scenario->hours, 8);
    EXPECT_EQ(scenario->list_size, 0);
    EXPECT_EQ(scenario->agents.count, 25);
    EXPECT_DOUBLE_EQ(scenario->agents.breaks_per_hour, 0);
    EXPECT_DOUBLE_EQ(scenario->agents.break_s, 300);
    EXPECT_DOUBLE_EQ(scenario->line.live, 0.2);
    EXPECT_DOUBLE_EQ(scenario->line.machine, 0.25);
    EXPECT_DOUBLE_EQ(scenario->line.fast_fail, 0.08);
    EXPECT_DOUBLE_EQ(scenario->line.ring_live_s.mean, 12);
    EXPECT_DOUBLE_EQ(scenario->line.ring_live_s.sd, 6);
    EXPECT_DOUBLE_EQ(scenario->line.ring_machine_s.mean, 18);
    EXPECT_DOUBLE_EQ(scenario->line.ring_machine_s.sd, 4);
    EXPECT_EQ(scenario->line.no_answer_s, 25);
    EXPECT_DOUBLE_EQ(scenario->line.verdict_s.low, 1.0);
    EXPECT_DOUBLE_EQ(scenario->line.verdict_s.high, 2.5);
    EXPECT_DOUBLE_EQ(scenario->line.greeting_s.low, 0.6);
    EXPECT_DOUBLE_EQ(scenario->line.greeting_s.high, 1.4);
    EXPECT_DOUBLE_EQ(scenario->line.drift.amplitude, 0);
    EXPECT_DOUBLE_EQ(scenario->line.drift.period_h, 3);
    EXPECT_EQ(scenario->line.min_ring_s, 15);
    EXPECT_TRUE(scenario->line.ring_release);
    EXPECT_DOUBLE_EQ(scenario->talk.mean_s, 60);
    EXPECT_DOUBLE_EQ(scenario->talk.cv, 1);
    EXPECT_DOUBLE_EQ(scenario->wrap.mean_s, 15);
    EXPECT_EQ(scenario->wrap.shape, DayScenario::WrapShape::Exponential);
    EXPECT_DOUBLE_EQ(scenario->wrap.cv, 0.8);
    EXPECT_DOUBLE_EQ(scenario->cap.abandonment, 0.03);
    EXPECT_EQ(scenario->cap.window, (compliance::AccountWindow{WindowKind::Day, 0}));
    EXPECT_DOUBLE_EQ(scenario->cap.connect_within_s, 2);
    EXPECT_EQ(scenario->trunk.lines, 0);
    EXPECT_DOUBLE_EQ(scenario->trunk.cps, 0);
    EXPECT_DOUBLE_EQ(scenario->ratio.level, 2);
    EXPECT_TRUE(scenario->ratio.guard);
    EXPECT_DOUBLE_EQ(scenario->vicidial.max_level, 3);
    EXPECT_FALSE(scenario->vicidial.available_only);
    EXPECT_TRUE(scenario->vicidial.count_all_but_wrap);
    EXPECT_FALSE(scenario->pacing.safeguards);
}

/// The example of the issue, with every key.
TEST(ScenarioFile, ReadsEveryKey) {
    const auto scenario = parse(R"(
name = "example"
hours = 9.5
list_size = 1000
[agents]
count = 30
breaks_per_hour = 0.5
break_s = 200
change = [ { at_h = 4.0, count = 50 }, { at_h = 5, count = 0 } ]
[line]
live = 0.10
machine = 0.3
fast_fail = 0.09
ring_live_s = { mean = 11, sd = 5 }
ring_machine_s = { mean = 17, sd = 3 }
no_answer_s = 30.0
verdict_s = [1.1, 2]
greeting_s = [0.5, 1.5]
drift = { amplitude = 0.3, period_h = 2.5 }
change = [ { at_h = 4.0, live = 0.35 } ]
min_ring_s = 12
ring_release = false
[talk]
mean_s = 61
cv = 0.9
change = [ { at_h = 4.0, mean_s = 150 } ]
[wrap]
mean_s = 16
shape = "lognormal"
cv = 0.7
[cap]
abandonment = 0.05
window = 36
connect_within_s = 1.5
[trunk]
lines = 100
cps = 2.5
[ratio]
level = 1.5
guard = false
[vicidial]
max_level = 4.0
available_only = true
count_all_but_wrap = false
[pacing]
safeguards = true
)");
    ASSERT_TRUE(scenario) << to_text(scenario.error());
    EXPECT_EQ(scenario->name, "example");
    EXPECT_DOUBLE_EQ(scenario->hours, 9.5);
    EXPECT_EQ(scenario->list_size, 1000);
    ASSERT_EQ(scenario->agents.count_changes.size(), 2U);
    EXPECT_EQ(scenario->agents.count_changes[0].value, 50);
    EXPECT_DOUBLE_EQ(scenario->agents.count_changes[1].at_h, 5);
    EXPECT_DOUBLE_EQ(scenario->agents.breaks_per_hour, 0.5);
    EXPECT_DOUBLE_EQ(scenario->agents.break_s, 200);
    EXPECT_DOUBLE_EQ(scenario->line.ring_live_s.sd, 5);
    EXPECT_DOUBLE_EQ(scenario->line.ring_machine_s.mean, 17);
    EXPECT_EQ(scenario->line.no_answer_s, 30);
    EXPECT_DOUBLE_EQ(scenario->line.verdict_s.high, 2);
    EXPECT_DOUBLE_EQ(scenario->line.greeting_s.low, 0.5);
    EXPECT_DOUBLE_EQ(scenario->line.drift.period_h, 2.5);
    ASSERT_EQ(scenario->line.live_changes.size(), 1U);
    EXPECT_DOUBLE_EQ(scenario->line.live_changes[0].value, 0.35);
    EXPECT_EQ(scenario->line.min_ring_s, 12);
    EXPECT_FALSE(scenario->line.ring_release);
    ASSERT_EQ(scenario->talk.mean_changes.size(), 1U);
    EXPECT_DOUBLE_EQ(scenario->talk.mean_changes[0].value, 150);
    EXPECT_EQ(scenario->wrap.shape, DayScenario::WrapShape::Lognormal);
    EXPECT_DOUBLE_EQ(scenario->wrap.cv, 0.7);
    EXPECT_DOUBLE_EQ(scenario->cap.abandonment, 0.05);
    EXPECT_EQ(scenario->cap.window, (compliance::AccountWindow{WindowKind::Hours, 36}));
    EXPECT_DOUBLE_EQ(scenario->cap.connect_within_s, 1.5);
    EXPECT_EQ(scenario->trunk.lines, 100);
    EXPECT_DOUBLE_EQ(scenario->trunk.cps, 2.5);
    EXPECT_FALSE(scenario->ratio.guard);
    EXPECT_TRUE(scenario->vicidial.available_only);
    EXPECT_FALSE(scenario->vicidial.count_all_but_wrap);
    EXPECT_TRUE(scenario->pacing.safeguards);
}

TEST(ScenarioFile, WindowsGoByNameOrHours) {
    const auto window = [](const std::string& text) {
        const auto scenario = parse("agents.count = 1\n[cap]\nwindow = " + text + "\n");
        return scenario ? scenario->cap.window : compliance::AccountWindow{WindowKind::Day, -1};
    };
    EXPECT_EQ(window("\"day\""), (compliance::AccountWindow{WindowKind::Day, 0}));
    EXPECT_EQ(window("\"30d\""), (compliance::AccountWindow{WindowKind::ThirtyDays, 0}));
    EXPECT_EQ(window("\"month\""), (compliance::AccountWindow{WindowKind::Month, 0}));
    EXPECT_EQ(window("1"), (compliance::AccountWindow{WindowKind::Hours, 1}));
    EXPECT_EQ(window("24.0"), (compliance::AccountWindow{WindowKind::Hours, 24}));
}

struct Fault {
    const char* name;
    const char* text;  ///< after the line "agents.count = 25"
    int line;
    const char* says;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

class ScenarioFault : public testing::TestWithParam<Fault> {};

TEST_P(ScenarioFault, IsNamedWithKeyAndLine) {
    const auto scenario = parse(std::string{"agents.count = 25\n"} + GetParam().text);
    ASSERT_FALSE(scenario);
    ASSERT_EQ(scenario.error().size(), 1U) << to_text(scenario.error());
    EXPECT_EQ(scenario.error()[0].file, "s.toml");
    EXPECT_EQ(scenario.error()[0].line, GetParam().line) << scenario.error()[0].text;
    EXPECT_NE(scenario.error()[0].text.find(GetParam().says), std::string::npos)
        << scenario.error()[0].text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, ScenarioFault,
    testing::Values(
        Fault{"UnknownKey", "[line]\nlife = 0.1\n", 3, "line.life is not known: did you mean live"},
        Fault{"UnknownTable", "[trunks]\n", 2, "did you mean trunk"},
        Fault{"LiveAboveOne", "[line]\nlive = 1.1\n", 3, "line.live is 1.1: must be 0 to 1"},
        Fault{"LiveIsText", "[line]\nlive = \"10%\"\n", 3, "line.live must be a number"},
        Fault{"CapZero", "[cap]\n\nabandonment = 0\n", 4, "cap.abandonment is 0: must be above 0"},
        Fault{"CapNegative", "[cap]\nabandonment = -0.1\n", 3, "must be above 0 and at most 1"},
        Fault{"CapAboveOne", "[cap]\nabandonment = 3\n", 3, "must be above 0 and at most 1"},
        Fault{"WindowUnknown", "[cap]\nwindow = \"week\"\n", 3, "cap.window \"week\" is not known"},
        Fault{"WindowZero", "[cap]\nwindow = 0\n", 3, "cap.window is 0"},
        Fault{"WindowPartOfAnHour", "[cap]\nwindow = 1.5\n", 3, "must be a whole number"},
        Fault{"HoursZero", "hours = 0\n", 2, "hours is 0"},
        Fault{"HoursBeyondADay", "hours = 25\n", 2, "hours is 25"},
        Fault{"NoHours", "hours = nan\n", 2, "hours is"},
        Fault{"ListNegative", "list_size = -1\n", 2, "list_size is -1"},
        Fault{"RingNeverInTime", "[line]\nring_live_s = { mean = 60, sd = 5 }\n", 3,
              "line.ring_live_s hardly ever ends before no_answer_s, 25 s"},
        Fault{"RingOfNothing", "[line]\nring_machine_s = { mean = 0 }\n", 3,
              "line.ring_machine_s.mean is 0"},
        Fault{"RangeReversed", "[line]\nverdict_s = [2.5, 1.0]\n", 3,
              "the second must not be less than the first"},
        Fault{"RangeOfThree", "[line]\nverdict_s = [1, 2, 3]\n", 3, "a list of 2 numbers"},
        Fault{"RangeOfText", "[line]\ngreeting_s = [\"1\", 2]\n", 3, "line.greeting_s must be"},
        Fault{"VerdictAfterTheEngineGaveUp", "[line]\nverdict_s = [1, 9]\n", 3, "must be 0 to 5"},
        Fault{"HalfASecondOfRinging", "[line]\nno_answer_s = 20.5\n", 3, "must be a whole number"},
        Fault{"AgentsTwice", "[agents]\ncount = 3\n", 2, "is not TOML"},
        Fault{"ChangeOutOfOrder",
              "[talk]\nchange = [\n{ at_h = 4.0, mean_s = 90 },\n{ at_h = 3.0, mean_s = 80 },\n]\n",
              5, "talk.change[2].at_h is 3: must be later than the change before it, 4"},
        Fault{"ChangesAtOnce",
              "[line]\nchange = [ { at_h = 1, live = 0.1 },\n{ at_h = 1, live = 0.2 } ]\n", 4,
              "must be later"},
        Fault{"ChangeAfterTheDay", "hours = 3\n[line]\nchange = [ { at_h = 4.0, live = 0.1 } ]\n",
              4, "line.change[1].at_h is 4: must be 0 to 3"},
        Fault{"ChangeOfNothing", "[line]\nchange = [ { at_h = 4.0 } ]\n", 3,
              "line.change[1].live is missing"},
        Fault{"ChangeOfSomethingElse",
              "[line]\nchange = [ { at_h = 4, live = 0.2, mean_s = 3 } ]\n", 3,
              "mean_s is not known"},
        Fault{"ShapeUnknown", "[wrap]\nshape = \"normal\"\n", 3, "wrap.shape \"normal\" is not"},
        Fault{"RatioBelowOne", "[ratio]\nlevel = 0.5\n", 3, "ratio.level is 0.5"},
        Fault{"NotToml", "agents = [\n", 2, "is not TOML"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(ScenarioFile, AllProblemsComeAtOnce) {
    const auto scenario = parse("hours = 99\n[line]\nlive = 2\n[cap]\nabandonment = 0\n");
    ASSERT_FALSE(scenario);
    EXPECT_EQ(scenario.error().size(), 4U) << to_text(scenario.error());  // and no agents
}

TEST(ScenarioFile, NobodyAtWorkIsNoScenario) {
    for (const char* text : {"", "[agents]\n", "[agents]\ncount = 0\n", "agents.count = 2.5\n"}) {
        const auto scenario = parse(text);
        ASSERT_FALSE(scenario) << text;
        EXPECT_EQ(scenario.error().size(), 1U) << to_text(scenario.error());
    }
}

}  // namespace
}  // namespace bellwether::app
