#include "campaigns/form/script.h"

#include "tests/campaigns/form/example.h"
#include "tests/campaigns/form/support.h"

namespace bellwether::campaigns::form {
namespace {

using testing::ElementsAre;

std::vector<std::string> pairs(const std::vector<NamedText>& answers) {
    std::vector<std::string> texts;
    for (const auto& [name, value] : answers) texts.push_back(name + '=' + value);
    return texts;
}

Script::Keys always(std::string keys) { return {{std::move(keys)}, true}; }
Script::Keys in_turn(std::vector<std::string> keys) { return {std::move(keys), false}; }

ScriptResult run(const Form& form, std::map<std::string, Script::Keys> keys,
                 std::optional<std::string> hang_up_at = {}) {
    const auto result = run_script(form, {.language = "en",
                                          .contact = {},
                                          .keys = std::move(keys),
                                          .hang_up_at = std::move(hang_up_at)});
    EXPECT_TRUE(result.has_value());
    return result.value_or(ScriptResult{});
}

// "A respondent is never asked more than retries + 1 times" (research/surveys.md 2.4), whatever he
// presses at the first question.
TEST(Script, GivesNoFurtherTriesToWhoGoesBackAtTheFirstQuestion) {
    const Form form =
        form_of({.survey = "type,name,label\ninteger,a,A\n", .choices = {}, .settings = {}});
    const ScriptResult result = run(form, {{"a", in_turn({"1*5", "*2", "1*5", "1*5", "7"})}});
    EXPECT_EQ(result.presented.size(), 4U);
    EXPECT_THAT(result.answers, ElementsAre());
}

// A lone # is an empty entry at every type: research/surveys.md 2.3.
TEST(Script, TakesALoneHashAsNothingSaid) {
    const Form form = form_of({.survey = "type,name,label,required\ntext,a,A,\ntext,b,B,yes\n",
                               .choices = {},
                               .settings = {}});
    const ScriptResult result = run(form, {{"a", always("#")}, {"b", in_turn({"#", "yes"})}});
    EXPECT_THAT(pairs(result.answers), ElementsAre("b=yes"));
    EXPECT_THAT(result.presented, ElementsAre("a", "b", "b"));
}

// Both rows of the table of research/surveys.md 1.12.
TEST(Script, GivesTheResultsOfTheWorkedExample) {
    const Form form = form_of(worked_example());
    const ScriptResult first = run(form, {{"shop", always("1")},
                                          {"times", in_turn({"2", "1"})},
                                          {"visit[1]/spent", in_turn({"20*50", "*2", "30"})},
                                          {"visit[2]/spent", in_turn({"*2", "40"})},
                                          {"dept", always("13")},
                                          {"dear", always("2")}});
    EXPECT_THAT(first.path,
                ElementsAre("hello", "shop", "times", "visit[1]/spent", "dept", "dear"));
    EXPECT_THAT(
        pairs(first.answers),
        testing::UnorderedElementsAre("shop=yes", "times=1", "visit[1]/spent=20.5", "visit[1]/no=1",
                                      "total=20.5", "dept=toys gems", "dear=no"));
    EXPECT_EQ(first.end, (InterviewEnd{Outcome::Complete, "1.1", EndCause::LastItem}));

    const ScriptResult second = run(form,
                                    {{"shop", always("1")},
                                     {"times", in_turn({"2", "*2"})},
                                     {"visit[1]/spent", always("")},
                                     {"visit[2]/spent", always("0")}},
                                    "dept");
    EXPECT_THAT(second.path,
                ElementsAre("hello", "shop", "times", "visit[1]/spent", "visit[2]/spent", "dept"));
    EXPECT_THAT(pairs(second.answers),
                testing::UnorderedElementsAre("shop=yes", "times=2", "visit[1]/no=1",
                                              "visit[2]/spent=0", "visit[2]/no=2", "total=0"));
    EXPECT_EQ(second.end, (InterviewEnd{Outcome::Partial, "1.2", EndCause::HungUp}));
}

TEST(Script, EndsAsTheTableOfOutcomesSays) {
    const Form form = form_of(worked_example());
    EXPECT_EQ(run(form, {{"shop", always("2")}}).end,
              (InterviewEnd{Outcome::Screened, "4.70", EndCause::Note}));
    EXPECT_EQ(run(form, {}, "shop").end,
              (InterviewEnd{Outcome::Refused, "2.12", EndCause::HungUp}));
    EXPECT_EQ(run(form, {}).end, (InterviewEnd{Outcome::Refused, "2.12", EndCause::TriesUsedUp}));
    EXPECT_EQ(run(form, {{"shop", always("1")}, {"times", always("*9")}}).end,
              (InterviewEnd{Outcome::Refused, "2.112", EndCause::OptOut}));
    EXPECT_EQ(run(form, {{"shop", in_turn({"7", "**", "1"})}, {"times", always("9")}}).end,
              (InterviewEnd{Outcome::Partial, "1.2", EndCause::TriesUsedUp}));
    EXPECT_EQ(run(form, {{"shop", always("1")}, {"times", always("2")}}).end,
              (InterviewEnd{Outcome::Partial, "1.2", EndCause::Silence}));
}

TEST(Script, GivesUpWhenTheKeysGoRoundInACircle) {
    const Form form = form_of(worked_example());
    EXPECT_FALSE(
        run_script(form, {.contact = {}, .keys = {{"shop", always("*2")}}, .hang_up_at = {}}));
    EXPECT_FALSE(
        run_script(form, {.contact = {}, .keys = {{"shop", always("*3")}}, .hang_up_at = {}}));
}

TEST(Script, CountsHalfOfTheRequiredAnswersAsPartial) {
    const Form form =
        form_asking("type,name,label,required\ninteger,a,A,yes\ninteger,b,B,yes\ninteger,c,C,\n");
    EXPECT_EQ(run(form, {{"a", always("1")}}, "b").end.outcome, Outcome::Partial);
    EXPECT_EQ(run(form, {}, "a").end.outcome, Outcome::Refused);
}

TEST(Script, AsksForInstancesWhereNothingCountsThem) {
    const Form form = form_asking(
        "type,name,label,calculation\nbegin_repeat,kid,,\ninteger,age,Age?,\nend_repeat,,,\n"
        "calculate,n,,count(${kid})\ninteger,last,Last?,\n");
    const ScriptResult result = run(form, {{"kid[1]", always("1")},
                                           {"kid[1]/age", always("7")},
                                           {"kid[2]", in_turn({"1", "2"})},
                                           {"kid[2]/age", always("*2")},
                                           {"last", always("3")}});
    EXPECT_THAT(result.path, ElementsAre("kid[1]/age", "last"));
    EXPECT_THAT(pairs(result.answers),
                testing::UnorderedElementsAre("kid[1]/age=7", "n=1", "last=3"));
}

}  // namespace
}  // namespace bellwether::campaigns::form
