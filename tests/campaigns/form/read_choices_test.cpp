// Choices (read_choices.cpp), by way of whole forms.
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSurvey = "type,name,label\nselect_one a,q,Q\n";

TEST(ReadChoices, KeepsFurtherColumnsForFilters) {
    const Form form =
        form_of({.survey = kSurvey,
                 .choices = "list name,value,label,town,tel::fixed,tel::exclusive,tel::missing\n"
                            "a,x,X,Delft,last,yes,dk\na,y,Y,Ghent,,,\n",
                 .settings = {}});
    ASSERT_EQ(form.lists.size(), 1U);
    const Choice& choice = form.lists[0].choices[0];
    EXPECT_THAT(form.choice_columns, ElementsAre("town"));
    EXPECT_THAT(choice.columns, ElementsAre("Delft"));
    EXPECT_EQ(choice.fixed, Fixed::Last);
    EXPECT_TRUE(choice.exclusive);
    EXPECT_EQ(choice.missing, "dk");
}

TEST(ReadChoices, SaysWhatDoesNotFit) {
    EXPECT_THAT(
        problems_of({.survey = kSurvey,
                     .choices = "list_name,name,tel::key,tel::fixed\n"
                                "a,x,1,\na,x,123,middle\n,z,,\na,two words,3,\n",
                     .settings = {}}),
        testing::UnorderedElementsAre(
            HasSubstr("choices:3:name: the list has this name already in row 2"),
            HasSubstr("choices:3:tel::key: '123'"), HasSubstr("choices:3:tel::key: other choices"),
            HasSubstr("choices:3:tel::fixed: 'middle'"), HasSubstr("choices:4:list_name"),
            HasSubstr("choices:5:name: the name is empty")));
}

}  // namespace
}  // namespace bellwether::campaigns::form
