#include "dialer/app/survey/answer_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "campaigns/form/read_form.h"

namespace bellwether::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

campaigns::form::Form ferry() {
    return *campaigns::form::read_form(
        {.survey = "type,name,label::English (en),label::Nederlands (nl),calculation\n"
                   "note,hello,Good day,Dag,\n"
                   "select_one yn,used,Used?,Gebruikt?,\n"
                   "begin_repeat,trip,Trip,Reis,\n"
                   "integer,cost,Cost?,Kosten?,\n"
                   "end_repeat,,,,\n"
                   "calculate,twice,,,1 + 1\n",
         .choices = "list_name,name,label\nyn,yes,Yes\nyn,no,No\n",
         .settings = ""});
}

std::vector<std::string> problems(std::string_view text) {
    const auto script = parse_answer_file(text, "a.json", ferry());
    std::vector<std::string> texts;
    if (script) return texts;
    for (const Problem& problem : script.error()) texts.push_back(to_text(problem));
    return texts;
}

TEST(AnswerFile, ReadsEveryMember) {
    const auto script = parse_answer_file(
        R"({"language": "NL", "contact": {"city": "Delft"}, "now": "2026-11-22T18:30:00+01:00",
            "keys": {"used": "1", "trip[1]": ["1"], "trip[1]/cost": ["12", "*2"]},
            "hang_up_at": "trip[2]", "seed": 7})",
        "a.json", ferry());
    ASSERT_TRUE(script) << to_text(script.error());
    EXPECT_EQ(script->language, "nl");
    ASSERT_EQ(script->contact.size(), 1U);
    EXPECT_EQ(script->contact[0].value, "Delft");
    EXPECT_TRUE(script->keys.at("used").each_time);
    EXPECT_FALSE(script->keys.at("trip[1]/cost").each_time);
    EXPECT_THAT(script->keys.at("trip[1]/cost").entries, ElementsAre("12", "*2"));
    EXPECT_EQ(script->hang_up_at, "trip[2]");
    EXPECT_EQ(script->seed, 7U);
    EXPECT_EQ(script->now, "2026-11-22T18:30:00+01:00");
}

TEST(AnswerFile, TakesNumbersAsColumnsOfAContact) {
    const auto script =
        parse_answer_file(R"({"contact": {"age": 40, "size": 1.50}})", "a.json", ferry());
    ASSERT_TRUE(script) << to_text(script.error());
    EXPECT_EQ(script->contact[0].value, "40");
    EXPECT_EQ(script->contact[1].value, "1.5");
}

TEST(AnswerFile, TakesAnEmptyObjectAsSilence) {
    const auto script = parse_answer_file(R"({"hang_up_at": null})", "a.json", ferry());
    ASSERT_TRUE(script);
    EXPECT_TRUE(script->keys.empty());
    EXPECT_FALSE(script->hang_up_at);
}

// Text is stored in NFC: research/surveys.md 1.3. A base letter with U+0301 is one letter.
TEST(AnswerFile, ComposesWhatIsTyped) {
    const auto script = parse_answer_file(
        R"({"keys": {"used": "e\u0301", "trip[1]/cost": ["e\u0301"]}})", "a.json", ferry());
    ASSERT_TRUE(script);
    EXPECT_THAT(script->keys.at("used").entries, ElementsAre("\u00e9"));
    EXPECT_THAT(script->keys.at("trip[1]/cost").entries, ElementsAre("\u00e9"));
}

TEST(AnswerFile, NamesLineAndColumnOfWhatIsNoJson) {
    EXPECT_THAT(problems("{\"keys\":\n  {\"used\": 1x}}"),
                ElementsAre(HasSubstr("a.json:2: column 13: is not JSON")));
    EXPECT_THAT(problems(""), ElementsAre(HasSubstr("a.json:1: column 1: is not JSON")));
    EXPECT_THAT(problems("{\"keys\": {\"used\": \"\xFF\"}}"),
                ElementsAre(HasSubstr("a.json:1: column")));
}

TEST(AnswerFile, NamesWrongTypesByTheirPointer) {
    EXPECT_THAT(problems("[]"), ElementsAre(HasSubstr("a.json: is array, not an object")));
    EXPECT_THAT(
        problems(
            R"({"language": 1, "contact": {"a/b": true}, "keys": {"used": [true]}, "seed": -1})"),
        ElementsAre(HasSubstr("a.json: /language: is number"),
                    HasSubstr("/contact/a~1b: is boolean"), HasSubstr("/keys/used/0: is boolean"),
                    HasSubstr("/seed: ")));
    EXPECT_THAT(problems(R"({"keys": {"used": {"a": {}}}})"),
                ElementsAre(HasSubstr("/keys/used: is object")));
    EXPECT_THAT(problems(R"({"seed": 1e999})"), ElementsAre(HasSubstr("too large")));
    EXPECT_THAT(problems(R"({"now": "yesterday"})"), ElementsAre(HasSubstr("/now: is no moment")));
}

TEST(AnswerFile, NamesUnknownMembersItemsAndLanguages) {
    EXPECT_THAT(problems(R"({"kyes": {}, "language": "fr", "hang_up_at": "used2"})"),
                ElementsAre(HasSubstr("/kyes: is not known; did you mean 'keys'?"),
                            HasSubstr("/language: 'fr' is no language of the questionnaire; it has "
                                      "en, nl"),
                            HasSubstr("/hang_up_at: names no item of the questionnaire; did you "
                                      "mean 'used'?")));
    EXPECT_THAT(problems(R"({"keys": {"cost": "1", "twice": "2", "trip": "1"}})"),
                ElementsAre(HasSubstr("/keys/cost: names no item; write trip[1]/cost"),
                            HasSubstr("/keys/twice: is never presented"),
                            HasSubstr("/keys/trip: names no item")));
}

TEST(AnswerFile, RefusesAMemberThatStandsTwice) {
    EXPECT_THAT(problems(R"({"keys": {"used": "1", "used": "2"}})"),
                ElementsAre(HasSubstr("/used: stands twice")));
}

TEST(AnswerFile, RefusesDeepNesting) {
    const std::string deep =
        "{\"keys\": {\"used\": " + std::string(100'000, '[') + std::string(100'000, ']') + "}}";
    EXPECT_FALSE(problems(deep).empty());
}

}  // namespace
}  // namespace bellwether::app
