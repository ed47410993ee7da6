#include "campaigns/export/variables.h"

#include <gtest/gtest.h>

#include "campaigns/export/make_dataset.h"
#include "tests/campaigns/export/example.h"

namespace bellwether::campaigns::exports {
namespace {

TEST(Variables, OfTheCaseComeFirst) {
    const auto variables = case_variables(2);
    ASSERT_EQ(variables.size(), std::size(kCaseVariables));
    EXPECT_EQ(variables[1].use, Use::Serial);
    EXPECT_EQ(variables[kWeightVariable].name, "weight");
    EXPECT_EQ(variables[kWeightVariable].use, Use::Weight);
    EXPECT_EQ(variables[8].kind, Kind::Number);
    EXPECT_EQ(variables[7].kind, Kind::Text);
}

TEST(Variables, RepeatsAreFlatInstanceByInstance) {
    const auto form = example_form(BELLWETHER_EXAMPLE);
    InstanceCounts counts(form.rows.size(), 0);
    counts[form::find_row(form, "visit")] = 2;
    const auto items = item_variables(form, counts);
    ASSERT_TRUE(items.has_value());
    std::vector<std::string> names;
    for (const auto& item : *items) names.push_back(item.variable.name);
    EXPECT_EQ(names, (std::vector<std::string>{"shop", "brands", "times", "visit1_spent",
                                               "visit1_good", "visit2_spent", "visit2_good",
                                               "total", "weight_2", "day", "at", "said", "score"}));
    EXPECT_EQ((*items)[5].variable.key, "visit[2]/spent");
    EXPECT_EQ((*items)[5].variable.labels[0], "What did you spend? It's private. [2]");
    EXPECT_EQ((*items)[2].variable.relevant, "${shop} = 'yes'");
    EXPECT_EQ((*items)[2].variable.source_row, 5U);
    EXPECT_EQ((*items)[1].variable.part_names.size(), 3U);
}

TEST(Variables, ListsThatCannotBeCodedAreNamed) {
    const auto form = form::read_form({"type,name,label\nselect_one l,q,Q\n",
                                       "list_name,name,label,tel::code\nl,a,A,1\nl,b,B,1\n", ""});
    ASSERT_TRUE(form.has_value());
    const auto items = item_variables(*form, InstanceCounts(form->rows.size(), 0));
    ASSERT_FALSE(items.has_value());
    EXPECT_EQ(items.error().size(), 1U);
}

}  // namespace
}  // namespace bellwether::campaigns::exports
