#include "campaigns/weighting/margins.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::weighting {
namespace {

std::vector<SheetProblem> problems_of(const std::string& rows) {
    const auto read = read_margins("m.csv", "variable,category,share\n" + rows);
    return read ? std::vector<SheetProblem>{} : read.error();
}

TEST(Margins, KeepTheirOrder) {
    const auto margins = read_margins(
        "m.csv", "variable,category,share\nsex,m,0.48\nregion,n,0.35\nsex,f,0.52\nregion,s,0.65\n");
    ASSERT_TRUE(margins.has_value());
    ASSERT_EQ(margins->size(), 2U);
    EXPECT_EQ((*margins)[0].variable, "sex");
    ASSERT_EQ((*margins)[0].targets.size(), 2U);
    EXPECT_EQ((*margins)[0].targets[1].category, "f");
    EXPECT_DOUBLE_EQ((*margins)[1].targets[1].share, 0.65);
}

TEST(Margins, RoundedSharesAreScaled) {
    const auto margins = read_margins(
        "m.csv", "variable,category,share\nage,young,0.333\nage,middle,0.333\nage,old,0.333\n");
    ASSERT_TRUE(margins.has_value());
    EXPECT_DOUBLE_EQ((*margins)[0].targets[0].share, 1.0 / 3);
}

TEST(Margins, NameTheFaultyCell) {
    EXPECT_EQ(problems_of("sex,m,48\nsex,f,0.52\n").at(0).column, "share");
    EXPECT_EQ(problems_of("sex,m,48\n").at(0).row, 2U);
    EXPECT_EQ(problems_of("sex,m,0.5\nsex,m,0.5\n").at(0).column, "category");
    EXPECT_EQ(problems_of(",m,1\n").at(0).column, "variable");
    EXPECT_EQ(problems_of("sex,,1\n").at(0).column, "category");
    EXPECT_NE(describe(problems_of("sex,m,0.48\nsex,f,0.42\n").at(0)).find("0.9 for \"sex\""),
              std::string::npos);
    EXPECT_EQ(problems_of("").size(), 1U);
}

}  // namespace
}  // namespace bellwether::campaigns::weighting
