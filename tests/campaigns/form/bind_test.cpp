// Names in expressions (bind.cpp), by way of whole forms.
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> problems(std::string survey) {
    return problems_of({.survey = std::move(survey), .choices = {}, .settings = {}});
}

TEST(Bind, TakesAReferenceAcrossARepeatInFunctionsOverSetsOnly) {
    const std::string rows =
        "type,name,label,calculation,repeat_count\nbegin_repeat,r,R,,3\ninteger,x,X,,\n"
        "calculate,one,,${x} + 1,\nend_repeat,,,,\n";
    EXPECT_THAT(problems(rows + "calculate,t,,sum(${x}) + count(${r}),\n"), IsEmpty());
    EXPECT_THAT(
        problems(rows + "calculate,t,,${x} + 1,\n"),
        ElementsAre(HasSubstr("survey:6:calculation: at character 1: 'x' has many values")));
    EXPECT_THAT(problems(rows + "calculate,t,,\"concat(${x}, 'a')\",\n"),
                ElementsAre(HasSubstr("'x' has many values")));
    EXPECT_THAT(problems(rows + "calculate,t,,${r},\n"), ElementsAre(HasSubstr("'r' is a group")));
    EXPECT_THAT(problems(rows + "calculate,t,,\"indexed-repeat(${x}, ${r}, 2)\",\n"), IsEmpty());
    EXPECT_THAT(problems(rows + "calculate,t,,\"indexed-repeat(${x}, ${x}, 2)\",\n"),
                ElementsAre(HasSubstr("does not stand in this repeat")));
}

TEST(Bind, CountsGroupsOnTheWayToARepeat) {
    const auto with = [](const std::string& call) {
        return problems(
            "type,name,label,calculation,repeat_count\nbegin_repeat,o,O,,2\nbegin_repeat,r,R,,2\n"
            "begin_group,g,G,,\ncalculate,c,," +
            call +
            ",\ninteger,x,X,,\nend_group,,,,\n"
            "end_repeat,,,,\nend_repeat,,,,\n");
    };
    EXPECT_THAT(with("position(../..)"), IsEmpty());
    EXPECT_THAT(with("position(../../..)"), IsEmpty());
    EXPECT_THAT(with("position(..)"), ElementsAre(HasSubstr("leads to no repeat")));
    EXPECT_THAT(with("position(../../../..)"), ElementsAre(HasSubstr("leads to no repeat")));
    EXPECT_THAT(with(".. + 1"), ElementsAre(HasSubstr("in position() only")));
}

TEST(Bind, SaysWhichNameIsNotThere) {
    EXPECT_THAT(
        problems("type,name,label,relevant,constraint,choice_filter\ninteger,shop,A,${shoo} = 1,,\n"
                 "integer,b,B,. = 1,${c} < 2,\ninteger,c,C,kind = 1,,\n"),
        UnorderedElementsAre(HasSubstr("survey:2:relevant: at character 1: there is no row 'shoo'"),
                             HasSubstr("survey:3:relevant: at character 1: '.' is the answer"),
                             HasSubstr("survey:3:constraint: at character 1: 'c' is asked later"),
                             HasSubstr("survey:4:relevant: at character 1: a bare name")));
}

TEST(Bind, WarnsOfConditionsOnLaterAnswers) {
    const Form form = form_asking("type,name,label,relevant\ninteger,a,A,${b} = 1\ninteger,b,B,\n");
    EXPECT_THAT(brief(form.notices),
                ElementsAre(HasSubstr("survey:2:relevant: 'b' is asked later")));
}

TEST(Bind, KeepsBlocksOfAShuffledGroupApart) {
    const auto with = [](const std::string& relevant) {
        return problems(
            "type,name,label,relevant,parameters\ninteger,z,Z,,\nbegin_group,g,G,,randomize=true\n"
            "integer,a,A,,\nbegin_group,h,H,,\ninteger,b,B,,\ninteger,c,C," +
            relevant + ",\nend_group,,,,\nend_group,,,,\n");
    };
    EXPECT_THAT(with("${b} = 1 and ${z} = 1"), IsEmpty());
    EXPECT_THAT(with("${a} = 1"), ElementsAre(HasSubstr("same shuffled group")));
}

}  // namespace
}  // namespace bellwether::campaigns::form
