#include "campaigns/form/picture.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;

Answers answered(const Form& form, std::vector<std::pair<std::string, std::string>> values) {
    Answers answers;
    for (auto& [key, value] : values)
        put_mark(answers, {*item_of(form, key), Settled::Answered, value});
    return answers;
}

std::vector<std::string> calculations(const Form& form, const Answers& answers) {
    std::vector<std::string> texts;
    for (const auto& [item, value] : Picture{form, answers}.calculations()) {
        texts.push_back(key_of(form, item) + '=' + value);
    }
    return texts;
}

TEST(Picture, SeesNoValueOfWhatIsNotRelevant) {
    const Form form = form_asking(
        "type,name,label,relevant,calculation\ninteger,a,A,,\ninteger,b,B,${a} = 1,\n"
        "calculate,c,,,\"concat('<', ${b}, '>')\"\n");
    EXPECT_THAT(calculations(form, answered(form, {{"a", "1"}, {"b", "7"}})), ElementsAre("c=<7>"));
    EXPECT_THAT(calculations(form, answered(form, {{"a", "2"}, {"b", "7"}})), ElementsAre("c=<>"));
}

TEST(Picture, AnchorsReferencesAtTheDeepestCommonInstance) {
    const Form form = form_asking(
        "type,name,label,repeat_count,calculation\nbegin_repeat,o,O,2,\nbegin_repeat,i,I,2,"
        "\ninteger,x,X,,\n"
        "calculate,own,,,sum(${x})\nend_repeat,,,,\ncalculate,mine,,,sum(${x})\nend_repeat,,,,\n"
        "calculate,all,,,sum(${x})\ncalculate,second,,,\"indexed-repeat(${x}, ${o}, 2, ${i}, 1)\"\n"
        "calculate,none,,,\"indexed-repeat(${x}, ${o}, 3, ${i}, 1)\"\ncalculate,n,,,count(${i})\n");
    EXPECT_THAT(
        calculations(
            form,
            answered(form, {{"o[1]/i[1]/x", "1"}, {"o[1]/i[2]/x", "2"}, {"o[2]/i[1]/x", "4"}})),
        ElementsAre("o[1]/i[1]/own=1", "o[1]/i[2]/own=2", "o[2]/i[1]/own=4", "o[2]/i[2]/own=0",
                    "o[1]/mine=3", "o[2]/mine=4", "all=7", "second=4", "n=4"));
}

TEST(Picture, FiltersAndShufflesChoices) {
    const Form form = form_of(
        {.survey = "type,name,label,choice_filter,parameters\ninteger,a,A,,\n"
                   "select_one l,q,Q,w >= ${a},\"randomize=true seed=42\"\n",
         .choices = "list_name,name,w,tel::fixed\nl,A,9,\nl,B,9,\nl,C,9,\nl,D,9,\nl,E,9,\nl,F,9,\n"
                    "l,x,0,\nl,z,9,last\nl,f,9,first\n",
         .settings = {}});
    const Answers answers = answered(form, {{"a", "5"}});
    const Picture picture{form, answers};
    std::string order;
    for (const auto i : picture.presented({1, {}})) order += form.lists[0].choices[i].name;
    EXPECT_EQ(order, "fAFCBDEz");  // the vector of seed 42 between the fixed ones
}

TEST(Picture, OvertakesWhatNoLongerHolds) {
    const Form form = form_of(
        {.survey =
             "type,name,label,relevant,constraint,choice_filter\ninteger,a,A,,,\n"
             "integer,b,B,${a} = 1,,\ninteger,c,C,,. <= ${a},\nselect_one l,d,D,,,w >= ${a}\n",
         .choices = "list_name,name,w\nl,x,1\nl,y,9\n",
         .settings = {}});
    const Answers answers = answered(form, {{"a", "3"}, {"b", "1"}, {"c", "5"}, {"d", "x"}});
    const auto gone = Picture{form, answers}.overtaken();
    ASSERT_EQ(gone.size(), 3U);
    EXPECT_EQ(gone[0].second, ClearCause::NotRelevant);
    EXPECT_EQ(gone[1].second, ClearCause::Constraint);
    EXPECT_EQ(gone[2].second, ClearCause::ChoiceGone);
}

TEST(Picture, HoldsHostileRepeatsDown) {
    const Form form = form_asking(
        "type,name,label,repeat_count\nbegin_repeat,b,B,999999\nbegin_repeat,c,C,999999\n"
        "begin_repeat,d,D,999999\ninteger,y,Y,\nend_repeat,,,\nend_repeat,,,\nend_repeat,,,\n");
    const Answers answers;
    const Picture picture{form, answers};
    EXPECT_LE(picture.items().size(), 3'000U);
}

}  // namespace
}  // namespace bellwether::campaigns::form
