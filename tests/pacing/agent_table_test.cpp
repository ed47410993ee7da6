#include "pacing/agent_table.h"

#include <gtest/gtest.h>

#include "pacing/duration_model.h"

namespace bellwether::pacing {
namespace {

AgentBelief reference_belief() {
    AgentBelief belief{.patience_s = 1};
    for (std::size_t i = 0; i < kDurationEdges.size(); ++i) {
        belief.talk_hazard.push_back(0.002 + 0.0008 * static_cast<double>(i));
        belief.wrap_up_hazard.push_back(0.03 + 0.002 * static_cast<double>(i));
    }
    return belief;
}

struct Known {
    const char* name;
    double elapsed_s;
    double pace;
    double soon, later, last;  ///< at 1.25, 11.25 and 28.75 s
};
void PrintTo(const Known& row, std::ostream* out) { *out << row.name; }

// Expected values: scripts/reference/pacing.py, part free (sums in steps of 20 ms).
class Talking : public testing::TestWithParam<Known> {};
TEST_P(Talking, IsThatOfTheReference) {
    const AgentTable table{reference_belief()};
    const Known& known = GetParam();
    const GridRow row = table.talking(known.elapsed_s, known.pace);
    EXPECT_NEAR(row[0], known.soon, 0.002);
    EXPECT_NEAR(row[4], known.later, 0.002);
    EXPECT_NEAR(row[11], known.last, 0.003);
}
INSTANTIATE_TEST_SUITE_P(Reference, Talking,
                         testing::Values(Known{"Fresh", 0, 1, 0.00015, 0.00697, 0.05785},
                                         Known{"Going", 30, 1, 0.00073, 0.02090, 0.11010},
                                         Known{"Long", 120, 1, 0.00102, 0.02925, 0.14737},
                                         Known{"FastAgent", 30, 1.4, 0.00102, 0.02879, 0.14791},
                                         Known{"SlowAgent", 30, 0.85, 0.00062, 0.01787, 0.09507}),
                         [](const auto& row) { return row.param.name; });

class Wrapping : public testing::TestWithParam<Known> {};
TEST_P(Wrapping, IsThatOfTheReference) {
    const AgentTable table{reference_belief()};
    const GridRow row = table.wrapping(GetParam().elapsed_s, 1);
    EXPECT_NEAR(row[0], GetParam().soon, 0.006);  // the age is rounded to 2 s
    EXPECT_NEAR(row[4], GetParam().later, 0.012);
    EXPECT_NEAR(row[11], GetParam().last, 0.012);
}
INSTANTIATE_TEST_SUITE_P(Reference, Wrapping,
                         testing::Values(Known{"Fresh", 0, 1, 0.06574, 0.34949, 0.70477},
                                         Known{"Going", 9, 1, 0.08424, 0.40399, 0.74526},
                                         Known{"Long", 40, 1, 0.11041, 0.47350, 0.79729}),
                         [](const auto& row) { return row.param.name; });

TEST(AgentTable, VeryLongTalksAreLikeTheLongestKnown) {
    const AgentTable table{reference_belief()};
    EXPECT_TRUE((table.talking(1e5, 1) == table.talking(9e4, 1)).all());
}

TEST(AgentTable, PacesBeyondTheTableAreItsEnds) {
    const AgentTable table{reference_belief()};
    EXPECT_TRUE((table.talking(30, 5) == table.talking(30, 1.4)).all());
    EXPECT_TRUE((table.talking(30, 0.1) == table.talking(30, 0.7)).all());
}

}  // namespace
}  // namespace bellwether::pacing
