// The order of presentation (presentation.cpp).
#include "campaigns/form/picture.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;

std::vector<std::string> order(const Form& form, const Answers& answers) {
    std::vector<std::string> keys;
    for (const auto& item : Picture{form, answers}.items()) keys.push_back(key_of(form, item.id));
    return keys;
}

// Five blocks, seed 7: the vector "d b a e c" of research/surveys.md 1.8.
TEST(Presentation, ShufflesTheBlocksOfAGroup) {
    const Form form = form_asking(
        "type,name,label,parameters\nbegin_group,g,G,\"randomize=true, "
        "seed=7\"\ninteger,a,A,\nbegin_group,b,B,\n"
        "integer,b1,B,\ninteger,b2,B,\nend_group,,,\nnote,c,C,\ninteger,d,D,\ninteger,e,E,\nend_"
        "group,,,\n");
    EXPECT_THAT(order(form, {}), ElementsAre("d", "b1", "b2", "a", "e", "c"));
}

TEST(Presentation, AsksForInstancesWhereNothingCountsThem) {
    const Form form =
        form_asking("type,name,label\nbegin_repeat,kid,Kid?\ninteger,age,Age?\nend_repeat,,\n");
    EXPECT_THAT(order(form, {}), ElementsAre("kid[1]"));
    Answers answers;
    put_mark(answers, {{0, {1}}, Settled::Answered, "yes"});
    EXPECT_THAT(order(form, answers), ElementsAre("kid[1]", "kid[1]/age", "kid[2]"));
    put_mark(answers, {{0, {1}}, Settled::Answered, "no"});
    EXPECT_THAT(order(form, answers), ElementsAre("kid[1]"));
}

TEST(Presentation, LeavesOutWhatTheModeDoesNotAsk) {
    const Form form = form_asking(
        "type,name,label,tel::ivr,tel::interviewer\ninteger,a,A,no,\ninteger,b,B,,no\ninteger,c,C,,"
        "\n");
    Answers answers;
    EXPECT_THAT(order(form, answers), ElementsAre("b", "c"));
    put_mark(answers, {{1, {}}, Settled::Answered, "1"});
    answers.facts.mode = Mode::Interviewer;
    EXPECT_THAT(order(form, answers),
                ElementsAre("a", "b", "c"));  // what was given by keypad stays
}

}  // namespace
}  // namespace bellwether::campaigns::form
