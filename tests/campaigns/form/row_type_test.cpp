#include "campaigns/form/row_type.h"

#include <gtest/gtest.h>

namespace bellwether::campaigns::form {
namespace {

TEST(RowType, ReadsNamesAndAliases) {
    EXPECT_EQ(read_type("Integer")->type, RowType::Integer);
    EXPECT_EQ(read_type("rating")->type, RowType::Range);
    EXPECT_EQ(read_type("begin group")->type, RowType::Group);
    EXPECT_EQ(read_type("begin_repeat")->type, RowType::Repeat);
    EXPECT_EQ(read_type("end  repeat")->kind, TypeCell::Kind::EndRepeat);
    for (const char* cell :
         {"select_one YN", "select1 YN", "select one YN", "Select One from YN"}) {
        ASSERT_TRUE(read_type(cell).has_value()) << cell;
        EXPECT_EQ(read_type(cell)->type, RowType::SelectOne);
        EXPECT_EQ(read_type(cell)->list, "YN");
    }
    EXPECT_EQ(read_type("select all that apply from dept")->list, "dept");
}

TEST(RowType, NamesWhatItDoesNotKnow) {
    EXPECT_EQ(read_type("geopoint").error().what, "the type 'geopoint' is not known here");
    EXPECT_FALSE(read_type("select_one"));
    EXPECT_FALSE(read_type("select_one a b"));
    EXPECT_EQ(read_type("select_one a or_other").error().what, "or_other is not known here");
    EXPECT_FALSE(read_type(""));
}

TEST(RowType, ReadsParameters) {
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(read_parameters("randomize=true, seed=1"),
              (Pairs{{"randomize", "true"}, {"seed", "1"}}));
    EXPECT_EQ(read_parameters("Start=1;end=5  step"),
              (Pairs{{"start", "1"}, {"end", "5"}, {"step", ""}}));
}

}  // namespace
}  // namespace bellwether::campaigns::form
