#include "campaigns/import/limesurvey_survey.h"

#include "tests/campaigns/import/support.h"

namespace bellwether::campaigns::import {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(LimeSurveyRows, StandBelowTheirGroupAndQuestion) {
    Imported made;
    const auto survey = read_lime_survey(tabbed("\xEF\xBB\xBF"
                                                "Class|type/scale|name|text|language\n"
                                                "S||language|nl\n"
                                                "G|0|First||\n"
                                                "Q|L|a|A?|nl\n"
                                                "A|0|x|X|nl\n"
                                                "Q|M|b|B?|\n"
                                                "SQ|0|s|S|nl\n"
                                                "G|1|Second||nl\n"
                                                "Q|X|c|C|nl\n"
                                                "Q|X|c|Cc|en\n"),
                                         made);
    ASSERT_TRUE(survey);
    EXPECT_THAT(survey->languages, ElementsAre("nl", "en"));
    ASSERT_EQ(survey->groups.size(), 2U);
    ASSERT_EQ(survey->groups[0].questions.size(), 2U);
    EXPECT_EQ(survey->groups[0].questions[0].answers[0].name, "x");
    EXPECT_EQ(survey->groups[0].questions[1].parts[0].line, 7U);
    EXPECT_EQ(survey->groups[1].questions[0].text.at("en"), "Cc");
}

TEST(LimeSurveyRows, LanguagesMayStandInTurns) {
    std::string rows =
        "class|type/scale|name|text|language\nG|0|g||en\nQ|L|q0|Q|en\nA|0|a|A|en\nQ|L|q0|V|nl\n";
    for (int i = 1; i < 100; ++i) rows += "Q|L|q" + std::to_string(i) + "|Q|en\n";
    Imported made;
    const auto survey = read_lime_survey(tabbed(rows + "A|0|a|B|nl\n"), made);
    ASSERT_TRUE(survey);
    EXPECT_EQ(survey->groups[0].questions[0].answers[0].text.at("nl"), "B");
}

TEST(LimeSurveyRows, SettingsOfItsOwnPagesAreNamedTogether) {
    Imported made;
    const auto survey = read_lime_survey(
        tabbed("class|name|text|language\nS|sid|7|\nS|format|G|\nS|admin||\n"
               "SL|surveyls_email_invite|Dear|en\nSL|surveyls_email_invite|Beste|nl\n"),
        made);
    ASSERT_TRUE(survey);
    EXPECT_EQ(survey->id, "7");
    EXPECT_THAT(brief(made.notes),
                ElementsAre(HasSubstr("passed over: format, surveyls_email_invite")));
}

TEST(LimeSurveyRows, QuestionsWithoutACodeGetAName) {
    Imported made;
    const auto survey = read_lime_survey(tabbed("class|name|text\nG|g|\nQ||Why {?\n"), made);
    ASSERT_TRUE(survey);
    EXPECT_EQ(survey->groups[0].questions[0].name, "q3");
    EXPECT_THAT(brief(made.notes), ElementsAre(HasSubstr("3: a question without a code")));
}

TEST(LimeSurveyRows, WithoutAPlaceAreNamed) {
    Imported made;
    ASSERT_TRUE(
        read_lime_survey(tabbed("class|name|language\nQ|a|en\nG|g|en\nA|x|en\nQ|z|fr\n"), made));
    EXPECT_THAT(brief(made.lost), ElementsAre(HasSubstr("2: a question before the first group"),
                                              HasSubstr("4: a row of the class 'A'"),
                                              HasSubstr("5: a translation of what is not there")));
}

}  // namespace
}  // namespace bellwether::campaigns::import
