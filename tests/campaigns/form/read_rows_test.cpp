// Rows of survey.csv (read_rows.cpp), by way of whole forms.
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::HasSubstr;
using testing::UnorderedElementsAre;

std::vector<std::string> problems(std::string survey) {
    return problems_of({.survey = std::move(survey),
                        .choices = "list_name,name,label\nyn,yes,Yes\n",
                        .settings = {}});
}

TEST(ReadRows, KnowsWhereEachRowStands) {
    const Form form = form_asking(
        "type,name,label,repeat_count\nbegin_repeat,r,R,2\nbegin_group,g,G,\ninteger,a,A,\nend_"
        "group,,,\n"
        "end_repeat,,,\ninteger,b,B,\n");
    ASSERT_EQ(form.rows.size(), 4U);
    EXPECT_EQ(form.rows[0].end, 3U);
    EXPECT_EQ(form.rows[2].parent, 1U);
    EXPECT_EQ(form.rows[2].home, 0U);
    EXPECT_EQ(form.rows[3].parent, kNoRow);
    EXPECT_EQ(form.rows[3].home, kNoRow);
}

TEST(ReadRows, TellsDefaultsThatAreExpressionsFromTexts) {
    const Form form = form_asking(
        "type,name,label,default\ntext,a,A,a-b\ntext,b,B,today()\ntext,c,C,${contact.name}\n");
    EXPECT_EQ(form.rows[0].initial.text, "a-b");
    EXPECT_FALSE(form.rows[1].initial.expression.empty());
    EXPECT_FALSE(form.rows[2].initial.expression.empty());
    EXPECT_THAT(form.contact_columns, testing::ElementsAre("name"));
}

TEST(ReadRows, TakesWhatIsSaidAsTheBeginOfAPartialInterview) {
    EXPECT_THAT(problems("type,name,label,read_only,tel::disposition\n"
                         "note,a,A,,partial\ntext,b,B,yes,partial\ninteger,c,C,,partial:1.2\n"),
                testing::IsEmpty());
}

TEST(ReadRows, SaysWhatDoesNotFit) {
    EXPECT_THAT(
        problems("type,name,label,constraint,calculation,parameters,tel::disposition,required\n"
                 "geopoint,a,A,,,,,\n"
                 "note,9b,B,,,,,\n"
                 "select_one towns,c,C,,,,,\n"
                 "note,d,,. > 1,1,,complet,\n"
                 "range,e,E,,,step=0,,\n"
                 "select_one yn,f,F,,,seed=3,,maybe(\n"
                 "calculate,g,,,,,,\n"
                 "end_group,,,,,,,\n"
                 "begin_group,h,,,,,,\n"),
        UnorderedElementsAre(
            HasSubstr("survey:2:type: the type 'geopoint'"), HasSubstr("survey:3:name:"),
            HasSubstr("survey:4:type: choices.csv has no list 'towns'"),
            HasSubstr("survey:5:label: the row has neither"),
            HasSubstr("survey:5:constraint: the cell has a meaning for questions only"),
            HasSubstr("survey:5:calculation:"), HasSubstr("survey:5:tel::disposition:"),
            HasSubstr("survey:6:parameters:"), HasSubstr("survey:7:parameters:"),
            HasSubstr("survey:7:required: at character 1: there is no function"),
            HasSubstr("survey:8:calculation: the calculation is missing"),
            HasSubstr("survey:9:type: the row ends a group that is not open"),
            HasSubstr("survey:10:type: the group does not end")));
}

TEST(ReadRows, RefusesWhatWouldBeLost) {
    EXPECT_THAT(
        problems("type,name,label,instance::odk:tag,trigger\ninteger,a,A,x,\ninteger,b,B,,${a}\n"),
        testing::ElementsAre(HasSubstr("survey:2:instance::odk:tag:"),
                             HasSubstr("survey:3:trigger:")));
}

TEST(ReadRows, RefusesDeepNesting) {
    std::string survey = "type,name,label\n";
    for (int i = 0; i < 70; ++i) survey += "begin_group,g" + std::to_string(i) + ",G\n";
    survey += "integer,a,A\n";
    for (int i = 0; i < 70; ++i) survey += "end_group,,\n";
    EXPECT_THAT(
        problems(survey),
        testing::ElementsAre(HasSubstr("survey:66:type: groups are nested deeper than 64 levels")));
}

}  // namespace
}  // namespace bellwether::campaigns::form
