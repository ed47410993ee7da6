#include "campaigns/form/simulate.h"

#include <algorithm>

#include "tests/campaigns/form/example.h"
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

TEST(Simulate, ReachesEachBranchOfTheWorkedExample) {
    const Form form = form_of(worked_example());
    const Simulation simulation = simulate(form, {}, 100, 1);
    for (const char* name : {"hello", "shop", "out", "times", "spent", "dept", "dear"}) {
        EXPECT_TRUE(simulation.reached[find_row(form, name)]) << name;
    }
    EXPECT_EQ(simulation.items.size(), 100U);
    EXPECT_EQ(simulate(form, {}, 100, 1).items, simulation.items);
}

TEST(Simulate, GivesNumbersThatTheConstraintLetsThrough) {
    const Form form = form_asking(
        "type,name,label,relevant,constraint,calculation\n"
        "integer,born,Born?,,. >= 1900 and . <= 2010,\n"
        "note,old,Old,${born} < 1910,,\nnote,young,Young,${born} > 2005,,\n"
        "note,other,Other,${born} > 1930 and ${born} < 1990,,\n");
    const Simulation simulation = simulate(form, {}, 50, 1);
    for (const char* name : {"old", "young", "other"})
        EXPECT_TRUE(simulation.reached[find_row(form, name)]) << name;
}

TEST(Simulate, EndsWhatWouldNotEnd) {
    const Form form =
        form_asking("type,name,label,constraint,required,tel::dk\ninteger,a,A,. = 'x',yes,no\n");
    EXPECT_LE(simulate(form, {}, 1, 1).items[0], 1000U);
}

TEST(Simulate, StopsWhereAFormIsTooLargeToBeWalkedThrough) {
    std::string choices = "list_name,name,label,x\n";
    for (int i = 0; i < 10'000; ++i) choices += "l,c" + std::to_string(i) + ",C,1\n";
    const Form form = form_of({.survey = "type,name,label,choice_filter,repeat_count\n"
                                         "begin_repeat,r,R,,50\nselect_one l,a,A,x > 0,\n"
                                         "end_repeat,,,,\ninteger,last,Last,,\n",
                               .choices = choices,
                               .settings = {}});
    const Simulation simulation = simulate(form, {}, 5, 1);
    EXPECT_EQ(simulation.items.size(), 1U);
    EXPECT_TRUE(simulation.cut);
    const LintReport report = lint(form, {});
    EXPECT_EQ(report.simulated, 1U);
    EXPECT_TRUE(std::ranges::any_of(report.findings, [](const SheetProblem& finding) {
        return finding.what.find("too large to be walked through") != std::string::npos;
    }));
    for (const SheetProblem& finding : report.findings)
        EXPECT_NE(finding.row, 5U) << describe(finding) << ": nobody came so far";
}

}  // namespace
}  // namespace bellwether::campaigns::form
