// The order in which rows are evaluated (sort_rows.cpp), by way of whole forms.
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(SortRows, PutsEachRowBehindWhatItNeeds) {
    const Form form = form_asking(
        "type,name,label,calculation\ncalculate,c,,${b} + 1\ncalculate,b,,${a} + "
        "1\ninteger,a,A,\n");
    EXPECT_THAT(form.order, ElementsAre(2, 1, 0));
}

TEST(SortRows, NamesTheRowsOfEachCircle) {
    EXPECT_THAT(
        problems_of({.survey =
                         "type,name,label,relevant,calculation\ninteger,a,A,${b} = "
                         "1,\ninteger,b,B,${c} = 1,\n"
                         "calculate,c,,,${a} + 1\ncalculate,d,,,${d}\ninteger,e,E,${a} = 1,\n",
                     .choices = {},
                     .settings = {}}),
        ElementsAre(
            HasSubstr("survey:2:relevant: rows depend on each other in a circle: a, b, c, and back "
                      "to a"),
            HasSubstr(
                "survey:5:calculation: rows depend on each other in a circle: d, and back to d")));
}

TEST(SortRows, TakesAGroupsConditionForItsRows) {
    EXPECT_THAT(
        problems_of(
            {.survey =
                 "type,name,label,relevant\nbegin_group,g,G,${a} = 1\ninteger,a,A,\nend_group,,,\n",
             .choices = {},
             .settings = {}}),
        ElementsAre(HasSubstr(
            "survey:2:relevant: rows depend on each other in a circle: g, a, and back to g")));
}

TEST(SortRows, MeetsALongCircleQuickly) {
    std::string survey = "type,name,calculation,label\ninteger,q,,Q\n";
    for (int i = 0; i < 20'000; ++i) {
        survey +=
            "calculate,c" + std::to_string(i) + ",${c" + std::to_string((i + 1) % 20'000) + "},\n";
    }
    EXPECT_EQ(problems_of({.survey = survey, .choices = {}, .settings = {}}).size(), 1U);
}

}  // namespace
}  // namespace bellwether::campaigns::form
