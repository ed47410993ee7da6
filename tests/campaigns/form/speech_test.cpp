#include "campaigns/form/speech.h"

#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;

std::string say(const std::string& text) { return reference_of({"en", text}); }

TEST(Speech, NamesATextByItsHash) {  // printf 'Hello' | sha256sum
    EXPECT_EQ(say("Hello"), "tts:en:185f8db32271fe25f561a6fc938b2e26");
}

TEST(Speech, JoinsNumbersFromParts) {
    EXPECT_THAT(spoken_parts("42", "en"), ElementsAre("42"));
    EXPECT_THAT(spoken_parts("100", "en"), ElementsAre("100"));
    EXPECT_THAT(spoken_parts("305", "en"), ElementsAre("3", "0", "5"));
    EXPECT_THAT(spoken_parts("20.5", "nl"), ElementsAre("20", "komma", "5"));
    EXPECT_THAT(spoken_parts("2026-11-02", "en"), ElementsAre("2", "11", "2", "0", "2", "6"));
    EXPECT_THAT(spoken_parts("2026-11-02", "hu"), ElementsAre("2", "0", "2", "6", "11", "2"));
    EXPECT_THAT(spoken_parts("09:05", "en"), ElementsAre("9", "5"));
    EXPECT_THAT(spoken_parts("two words", "en"), ElementsAre("two words"));
    EXPECT_THAT(spoken_parts("", "en"), ElementsAre());
}

TEST(Speech, SaysTheChoiceBeforeItsKey) {
    const Form form = form_of(
        {.survey = "type,name,label,audio,appearance,tel::prompt_order\nselect_one l,a,Well?,,,\n"
                   "select_one l,b,Well?,b.wav,,\nselect_one l,c,Well?,,spontaneous,\n"
                   "select_one l,d,Well?,,,key_then_choice\n",
         .choices = "list_name,name,label\nl,y,yes\nl,n,no\n",
         .settings = {}});
    const Answers answers;
    const Picture picture{form, answers};
    EXPECT_THAT(prompts_of(form, picture, {0, {}}),
                ElementsAre(say("Well?"), say("For yes,"), say("press 1."), say("For no,"),
                            say("press 2.")));
    EXPECT_THAT(prompts_of(form, picture, {1, {}}), ElementsAre("b.wav"));
    EXPECT_THAT(prompts_of(form, picture, {2, {}}), ElementsAre(say("Well?")));
    EXPECT_THAT(prompts_of(form, picture, {3, {}}),
                ElementsAre(say("Well?"), say("Press 1,"), say("For yes."), say("Press 2,"),
                            say("For no.")));
    EXPECT_TRUE(speaks(form, 0));
}

TEST(Speech, EscalatesItsMessages) {
    const Form form = form_asking(
        "type,name,label,constraint,constraint_message,tel::invalid_audio\n"
        "integer,a,A,. < 5,Less than five.,x.wav|y.wav\n");
    const Answers answers;
    const Picture picture{form, answers};
    EXPECT_THAT(failure_prompts(form, picture, {0, {}}, false, true, 1),
                ElementsAre(say("Less than five.")));
    EXPECT_THAT(failure_prompts(form, picture, {0, {}}, false, false, 1), ElementsAre("x.wav"));
    EXPECT_THAT(failure_prompts(form, picture, {0, {}}, false, false, 2), ElementsAre("y.wav"));
    EXPECT_THAT(failure_prompts(form, picture, {0, {}}, true, false, 1),
                ElementsAre(say(std::string{built_in(BuiltIn::NoInput, "en")})));
}

TEST(Speech, SaysTheLabelOfTheLineWhereItIsGiven) {
    const Form form =
        form_of({.survey = "type,name,label::English (en),label::Nederlands (nl),"
                           "tel::label_ivr::English (en),tel::soft_constraint\n"
                           "integer,a,Say your age,Zeg uw leeftijd,Press your age,. < 90\n",
                 .choices = {},
                 .settings = "default_language\nEnglish (en)\n"});
    Answers answers;
    EXPECT_THAT(prompts_of(form, Picture{form, answers}, {0, {}}),
                ElementsAre(say("Press your age")));
    EXPECT_THAT(
        doubt_prompts(form, Picture{form, answers}, {0, {}}),
        ElementsAre(say("That is an unusual answer."), say("If it is right, enter it again.")));
    answers.facts.language = "nl";
    EXPECT_THAT(prompts_of(form, Picture{form, answers}, {0, {}}),
                ElementsAre(reference_of({"nl", "Zeg uw leeftijd"})));
    EXPECT_THAT(brief(form.notices),
                testing::Contains(testing::HasSubstr(
                    "survey:2:tel::label_ivr: the label for the line is not given in nl")));
}

}  // namespace
}  // namespace bellwether::campaigns::form
