// What others ask of an interview (interview_view.cpp).
#include "tests/campaigns/form/example.h"
#include "tests/campaigns/form/line.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;

TEST(InterviewView, ShowsTheItemAtHand) {
    InterviewFacts facts{.now = "",
                         .language = "en",
                         .mode = Mode::Interviewer,
                         .contact = {{"name", "An"}},
                         .tel = {}};
    Line line{form_of({.survey = "type,name,label,hint,guidance_hint,required,default\n"
                                 "select_one l,q,Well ${contact.name}?,Smile,Which is "
                                 "closer?,yes,b\ninteger,z,Z,,,,\n",
                       .choices = "list_name,name,label,tel::key\nl,a,Ay,7\nl,b,Bee,8\n",
                       .settings = {}}),
              std::move(facts)};
    const auto item = current(line.form, line.state);
    ASSERT_TRUE(item.has_value());
    EXPECT_EQ(item->text, "Well An?");
    EXPECT_EQ(item->hint, "Smile");
    EXPECT_EQ(item->probe, "Which is closer?");
    EXPECT_TRUE(item->required);
    EXPECT_EQ(item->value, "b");
    ASSERT_EQ(item->choices.size(), 2U);
    EXPECT_EQ(item->choices[1].key, "8");
    EXPECT_EQ(item->choices[1].label, "Bee");
    (void)break_off(line.form, line.state, "");
    EXPECT_FALSE(current(line.form, line.state).has_value());
}

TEST(InterviewView, NamesThePathAndTheAnswers) {
    Line line{form_of(worked_example())};
    line.hear();
    line.answer("1");
    (void)hung_up(line.form, line.state);
    EXPECT_THAT(path_of(line.form, line.state), ElementsAre("hello", "shop", "times"));
    const auto answers = answers_of(line.form, line.state);
    EXPECT_EQ(answers.front(), (NamedText{"shop", "yes"}));
}

}  // namespace
}  // namespace bellwether::campaigns::form
