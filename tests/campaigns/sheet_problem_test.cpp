#include "campaigns/sheet_problem.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns {
namespace {

TEST(SheetProblem, NamesItsPlaceAsFarAsItHasOne) {
    EXPECT_EQ(describe({"survey.csv", 3, "constraint", "it is wrong", "mend it"}),
              "survey.csv, row 3, column constraint: it is wrong; mend it");
    EXPECT_EQ(describe({"survey.csv", 0, "", "it is empty", "fill it"}),
              "survey.csv: it is empty; fill it");
}

}  // namespace
}  // namespace bellwether::campaigns
