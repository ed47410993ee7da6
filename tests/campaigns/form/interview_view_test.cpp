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

// Source: research/surveys.md 7: up to six choices are read out unless the row says otherwise, and
// don't know and refused never.
TEST(InterviewView, TellsWhichChoicesAreReadOut) {
    const auto read_out = [](std::string appearance, std::string choices) {
        Line line{
            form_of({.survey = "type,name,label,appearance\nselect_one l,q,Q," + appearance + "\n",
                     .choices = "list_name,name,label,tel::missing\n" + choices,
                     .settings = {}}),
            {.now = "", .mode = Mode::Interviewer, .contact = {}, .tel = {}}};
        std::string marks;
        const auto item = current(line.form, line.state);
        for (const auto& choice : item->choices) marks += choice.read_out ? 'r' : '-';
        return marks;
    };
    const std::string four = "l,a,A,\nl,b,B,\nl,x,X,dk\nl,y,Y,refused\n";
    const std::string seven = "l,a,A,\nl,b,B,\nl,c,C,\nl,d,D,\nl,e,E,\nl,f,F,\nl,g,G,\n";
    EXPECT_EQ(read_out("", four), "rr--");
    EXPECT_EQ(read_out("spontaneous", four), "----");
    EXPECT_EQ(read_out("", seven), "-------");
    EXPECT_EQ(read_out("read-out", seven), "rrrrrrr");
}

TEST(InterviewView, CountsTheQuestionsBehindAndAhead) {
    Line line{form_of({.survey = "type,name,label,relevant\nnote,hi,Hi,\ninteger,a,A,\n"
                                 "integer,b,B,${a} = 1\ninteger,c,C,\n",
                       .choices = {},
                       .settings = {}}),
              {.now = "", .mode = Mode::Interviewer, .contact = {}, .tel = {}}};
    const auto counts = [&] {
        const auto item = current(line.form, line.state);
        return std::pair{item->settled, item->open};
    };
    EXPECT_EQ(counts(), std::pair(std::size_t{0}, std::size_t{2}));  // b is not asked as it stands
    line.step = answer_typed(line.form, line.state, "");
    line.step = answer_typed(line.form, line.state, "1");
    line.store();
    EXPECT_EQ(line.at(), "b");
    EXPECT_EQ(counts(), std::pair(std::size_t{1}, std::size_t{2}));
    line.step = command_given(line.form, line.state, Command::Back);
    EXPECT_EQ(line.at(), "a");
    EXPECT_EQ(counts(), std::pair(std::size_t{1}, std::size_t{2}));
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

TEST(InterviewView, NamesMergeFieldsWithoutAValue) {
    Line line{form_asking("type,name,label\nnote,hi,\"Good day ${contact.name} of ${contact.town}, "
                          "${contact.name}\"\ninteger,a,A\n"),
              {.now = "", .mode = Mode::Interviewer, .contact = {{"town", "Delft"}}, .tel = {}}};
    const auto item = current(line.form, line.state);
    EXPECT_EQ(item->text, "Good day  of Delft, ");
    EXPECT_THAT(item->missing, ElementsAre("contact.name"));
    EXPECT_EQ(item->as_written, "Good day ${contact.name} of ${contact.town}, ${contact.name}");
}

TEST(InterviewView, OffersWhatHelpsAtAQuestion) {
    Line line{form_of({.survey = "type,name,label,tel::help,tel::dk,tel::no_back,"
                                 "tel::soft_constraint,tel::label_ivr\n"
                                 "select_multiple l,a,Which?,They may be bought,no,yes,"
                                 "count-selected(.) < 2,Press them\n",
                       .choices = "list_name,name,label\nl,x,X\nl,y,Y\n",
                       .settings = "tel::probes\nWhich one? | Tell me more\n"}),
              {.now = "", .mode = Mode::Interviewer, .contact = {}, .tel = {}}};
    const auto item = current(line.form, line.state);
    EXPECT_EQ(item->text, "Which?") << "what is pressed is the line's";
    EXPECT_EQ(item->help, "They may be bought");
    EXPECT_THAT(item->probes, ElementsAre("Which one?", "Tell me more"));
    EXPECT_EQ(item->anything_else, "Anything else?");
    EXPECT_FALSE(item->dont_know);
    EXPECT_TRUE(item->refuse);
    EXPECT_FALSE(item->back);
    EXPECT_TRUE(item->unusual_is_asked);
}

TEST(InterviewView, KnowsTheAnswerBeforeTheItemAtHand) {
    Line line{
        form_asking("type,name,label,tel::interviewer\ninteger,a,A,\ninteger,b,B,no\n"
                    "integer,c,C,\n")};
    EXPECT_FALSE(last_answer(line.form, line.state).has_value());
    line.answer("4#");
    line.answer("5#");
    EXPECT_EQ(line.at(), "c");
    EXPECT_EQ(last_answer(line.form, line.state), (NamedText{"a", "4"}))
        << "what the keypad alone is told is not the interviewer's";
}

}  // namespace
}  // namespace bellwether::campaigns::form
