#include "campaigns/questionnaire_csv.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bellwether::campaigns {
namespace {

using Texts = std::vector<std::string>;

constexpr std::string_view kSurvey =
    "type,name,label,audio,constraint,tel::timeout_s,tel::retries,tel::terminator\n"
    "note,hello,\"Hello, a short survey\",hello.wav,,,,\n"
    "select_one yn,voted,Did you vote?,voted.wav,,7,1,\n"
    "integer,age,How old are you?,age.wav,. >= 18 and . <= 99,,,*\n"
    "integer,trips,How many trips?,sub/trips.wav,,,0,\n"
    ",,,,,,,\n"
    "note,,Thanks,bye.wav,,,,\n";
constexpr std::string_view kChoices = "list_name,name,label,tel::keys\nyn,yes,Yes,1\nyn,no,No,2\n";
constexpr std::string_view kSettings =
    "form_title,form_id,tel::opt_out_key,tel::opt_out_audio,tel::invalid_audio\n"
    "Election,election_2026,,,invalid.wav\n";

Texts problems(const QuestionnaireSheets& sheets) {
    Texts described;
    const auto form = read_questionnaire(sheets);
    if (form) return {"accepted"};
    for (const SheetProblem& problem : form.error()) described.push_back(describe(problem));
    return described;
}

/// Problems of a survey sheet with this row below a sound question.
Texts row_problems(const std::string& row, std::string_view settings = {}) {
    const std::string survey =
        "type,name,label,audio,constraint,tel::timeout_s,tel::retries,tel::terminator\n"
        "select_one yn,first,,first.wav,,,,\n" +
        row + "\n";
    return problems({.survey = survey, .choices = kChoices, .settings = settings});
}

TEST(QuestionnaireCsv, ReadsEveryCell) {
    const auto form =
        read_questionnaire({.survey = kSurvey, .choices = kChoices, .settings = kSettings});
    ASSERT_TRUE(form.has_value()) << describe(form.error().front());
    EXPECT_EQ(form->name, "election_2026");
    EXPECT_EQ(form->invalid_prompt, "invalid.wav");
    EXPECT_FALSE(form->opt_out_key.has_value());
    ASSERT_EQ(form->questions.size(), 5U);

    const Question& hello = form->questions[0];
    EXPECT_EQ(hello.type, QuestionType::Note);
    EXPECT_EQ(hello.label, "Hello, a short survey");
    EXPECT_EQ(hello.prompt, "hello.wav");

    const Question& voted = form->questions[1];
    EXPECT_EQ(voted.type, QuestionType::SelectOne);
    EXPECT_EQ(voted.timeout, std::chrono::seconds{7});
    EXPECT_EQ(voted.retries, 1);
    ASSERT_EQ(voted.choices.size(), 2U);
    EXPECT_EQ(voted.choices[1].key, '2');
    EXPECT_EQ(voted.choices[1].value, "no");
    EXPECT_EQ(voted.choices[1].label, "No");

    const Question& age = form->questions[2];
    EXPECT_EQ(age.type, QuestionType::Integer);
    EXPECT_EQ(age.min, 18);
    EXPECT_EQ(age.max, 99);
    EXPECT_EQ(age.terminator, '*');
    EXPECT_EQ(age.timeout, std::chrono::seconds{5});
    EXPECT_EQ(age.retries, 2);

    const Question& trips = form->questions[3];
    EXPECT_EQ(trips.min, 0);
    EXPECT_EQ(trips.max, 999'999);
    EXPECT_EQ(trips.retries, 0);
    EXPECT_EQ(trips.prompt, "sub/trips.wav");

    EXPECT_EQ(form->questions[4].name, "note_7");
}

TEST(QuestionnaireCsv, NeedsTheSurveyAlone) {
    const auto form =
        read_questionnaire({.survey = "type,name,media::audio\r\nInteger,age,age.wav\r\n",
                            .choices = {},
                            .settings = {}});
    ASSERT_TRUE(form.has_value());
    EXPECT_EQ(form->name, "questionnaire");
    EXPECT_EQ(form->questions[0].prompt, "age.wav");
}

TEST(QuestionnaireCsv, ReadsTheOptOut) {
    const auto form = read_questionnaire(
        {.survey = "type,name,audio\nselect_one yn,q,q.wav\n",
         .choices = kChoices,
         .settings = "form_title,tel::opt_out_key,tel::opt_out_audio\nPoll,9,gone.wav\n"});
    ASSERT_TRUE(form.has_value());
    EXPECT_EQ(form->name, "Poll");
    EXPECT_EQ(form->opt_out_key, '9');
    EXPECT_EQ(form->opt_out_prompt, "gone.wav");
}

TEST(QuestionnaireCsv, TakesTheSpellingsOfXlsForm) {
    for (const char* type : {"select_one yn", "select one yn", "select1 yn", "Select_One  yn"}) {
        EXPECT_EQ(row_problems(std::string{type} + ",second,,x.wav,,,,"), Texts{"accepted"})
            << type;
    }
}

TEST(QuestionnaireCsv, RefusesWhatItDoesNotKnow) {
    EXPECT_EQ(
        row_problems("geopoint,second,,x.wav,,,,"),
        Texts{"survey.csv, row 3, column type: 'geopoint' is not known here; use note, integer, or "
              "select_one and the name of a list"});
    EXPECT_EQ(row_problems(",second,,x.wav,,,,"),
              Texts{"survey.csv, row 3, column type: the type is missing; use note, integer, or "
                    "select_one and the name of a list"});
    EXPECT_EQ(row_problems("select yn,second,,x.wav,,,,").size(), 1U);
    EXPECT_EQ(
        row_problems("select_one yn or_other,second,,x.wav,,,,"),
        Texts{"survey.csv, row 3, column type: select_one needs the name of one list, and nothing "
              "else; write select_one LIST"});
    EXPECT_EQ(
        row_problems("select_one yesno,second,,x.wav,,,,"),
        Texts{
            "survey.csv, row 3, column type: choices.csv has no list 'yesno'; add its choices, or "
            "correct the name"});
    EXPECT_EQ(
        problems({.survey = "type,name,audio,relevent\ninteger,q,q.wav,\n",
                  .choices = {},
                  .settings = {}}),
        Texts{
            "survey.csv, row 1, column relevent: the column is not known; take it out; the columns "
            "known here are type, name, label, audio, constraint, tel::timeout_s, tel::retries, "
            "tel::terminator"});
}

TEST(QuestionnaireCsv, NeedsProperNames) {
    const std::string bad_name =
        "survey.csv, row 3, column name: the name is missing or cannot be a column name; begin "
        "with a "
        "letter or _, go on with letters, digits, _ . or -, at most 64";
    EXPECT_EQ(row_problems("integer,,,x.wav,,,,"), Texts{bad_name});
    EXPECT_EQ(row_problems("integer,1st,,x.wav,,,,"), Texts{bad_name});
    EXPECT_EQ(row_problems("integer,two words,,x.wav,,,,"), Texts{bad_name});
    EXPECT_EQ(row_problems("integer," + std::string(65, 'a') + ",,x.wav,,,,"), Texts{bad_name});
    EXPECT_EQ(
        row_problems("integer,first,,x.wav,,,,"),
        Texts{"survey.csv, row 3, column name: row 2 has this name already; give each question its "
              "own name"});
}

TEST(QuestionnaireCsv, NeedsAPromptInsideItsFolder) {
    EXPECT_EQ(
        row_problems("integer,second,,,,,,"),
        Texts{
            "survey.csv, row 3, column audio: the question has no prompt; give the name of its WAV "
            "file"});
    for (const char* path : {"/etc/passwd", "../x.wav", "a/../../x.wav", "a\\x.wav", "a/.."}) {
        EXPECT_EQ(
            row_problems("integer,second,," + std::string{path} + ",,,,"),
            Texts{"survey.csv, row 3, column audio: the file lies outside the questionnaire's "
                  "folder; put it into the folder and give its name from there, with /"})
            << path;
    }
    EXPECT_EQ(row_problems("integer,second,,a/..b.wav,,,,"), Texts{"accepted"});
}

TEST(QuestionnaireCsv, ChecksNumbersAndKeys) {
    EXPECT_EQ(
        row_problems("integer,second,,x.wav,. >= 9 and . <= 5,0,10,1"),
        (Texts{
            "survey.csv, row 3, column constraint: no number is at least 9 and at most 5; for "
            "example: . >= 18 and . <= 99",
            "survey.csv, row 3, column tel::terminator: '1' cannot end a number; give # or *",
            "survey.csv, row 3, column tel::timeout_s: '0' does not fit; give a whole number from "
            "1 to 60",
            "survey.csv, row 3, column tel::retries: '10' does not fit; give a whole number from 0 "
            "to 9"}));
}

TEST(QuestionnaireCsv, RefusesCellsWithoutAMeaning) {
    EXPECT_EQ(row_problems("select_one yn,second,,x.wav,. >= 1,,,#").size(), 2U);
    EXPECT_EQ(row_problems("note,second,,x.wav,. >= 1,5,2,#").size(), 4U);
}

TEST(QuestionnaireCsv, KeepsTheOptOutKeyApart) {
    constexpr std::string_view kHash = "tel::opt_out_key\n#\n";
    EXPECT_EQ(
        row_problems("integer,second,,x.wav,,,,", kHash),
        Texts{"survey.csv, row 3, column tel::terminator: the key that ends the number is the "
              "opt-out key; give one of them another key"});
    EXPECT_EQ(row_problems("integer,second,,x.wav,,,,*", kHash), Texts{"accepted"});
    EXPECT_EQ(
        row_problems("integer,second,,x.wav,,,,", "tel::opt_out_key\n9\n"),
        Texts{"survey.csv, row 3, column type: a number is typed here, and the opt-out key is a "
              "digit; make * or # the opt-out key"});
    EXPECT_EQ(row_problems("note,second,,x.wav,,,,", "tel::opt_out_key\n1\n"),
              Texts{"choices.csv, row 2, column tel::keys: key 1 is the opt-out key; give the "
                    "choice or the "
                    "opt-out another key"});
}

TEST(QuestionnaireCsv, ChecksTheSettings) {
    EXPECT_EQ(
        row_problems("note,second,,x.wav,,,,", "tel::opt_out_key\n99\n"),
        Texts{
            "settings.csv, row 2, column tel::opt_out_key: '99' is not a key; give one of 0 to 9, "
            "* or #"});
    EXPECT_EQ(row_problems("note,second,,x.wav,,,,", "tel::opt_out_audio\ngone.wav\n"),
              Texts{"settings.csv, row 2, column tel::opt_out_audio: the prompt confirms an "
                    "opt-out that no "
                    "key asks for; give tel::opt_out_key, or take the prompt out"});
    EXPECT_EQ(
        row_problems("note,second,,x.wav,,,,", "form_id\na\nb\n"),
        Texts{"settings.csv, row 3: a second row of settings; keep one row below the header"});
}

TEST(QuestionnaireCsv, MustAskSomething) {
    EXPECT_EQ(
        problems({.survey = "type,name,audio\nnote,n,n.wav\n", .choices = {}, .settings = {}}),
        Texts{"survey.csv: the sheet asks no question; add a row of type integer or select_one"});
    EXPECT_EQ(
        problems({}),
        Texts{"survey.csv: the sheet asks no question; add a row of type integer or select_one"});
}

TEST(QuestionnaireCsv, CollectsTheProblemsOfAllSheetsInOrder) {
    const Texts found = problems({.survey = "type,name,audio\ninteger,1,\nselect_one yn,q,q.wav\n",
                                  .choices = "list_name,name\nyn,\n",
                                  .settings = "tel::opt_out_key\nx\n"});
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].substr(0, 28), "survey.csv, row 2, column na");
    EXPECT_EQ(found[1].substr(0, 28), "survey.csv, row 2, column au");
    EXPECT_EQ(found[2].substr(0, 18), "choices.csv, row 2");
    EXPECT_EQ(found[3].substr(0, 19), "settings.csv, row 2");
}

}  // namespace
}  // namespace bellwether::campaigns
