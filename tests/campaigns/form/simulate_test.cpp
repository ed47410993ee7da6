#include "campaigns/form/simulate.h"

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

TEST(Simulate, EndsWhatWouldNotEnd) {
    const Form form =
        form_asking("type,name,label,constraint,required,tel::dk\ninteger,a,A,. = 'x',yes,no\n");
    EXPECT_LE(simulate(form, {}, 1, 1).items[0], 1000U);
}

}  // namespace
}  // namespace bellwether::campaigns::form
