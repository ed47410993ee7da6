#include "campaigns/import/limesurvey.h"

#include "tests/campaigns/import/support.h"

namespace bellwether::campaigns::import {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Imported made_of(const std::string& rows) {
    auto made = import_limesurvey(tabbed(rows));
    if (made) return *std::move(made);
    ADD_FAILURE() << made.error().detail;
    return {};
}

// Written by hand from the table of research/surveys.md 5.1.
constexpr const char* kShop =
    "class|type/scale|name|relevance|text|help|language|mandatory|other|default\n"
    "S||language||en\n"
    "S||sid||1234\n"
    "SL||surveyls_title||Shop visit||en\n"
    "SL||surveyls_welcometext||<p>Good day.</p>||en\n"
    "SL||surveyls_endtext||Thank you. Goodbye.||en\n"
    "G|0|Visit|1|||en\n"
    "Q|L|visit|1|Did you visit the shop this week?|Do not read out|en|Y|N|\n"
    "A|0|Y||Yes||en\n"
    "A|0|N||No||en\n"
    "Q|N|times|visit.NAOK == \"Y\"|How many times?||en|N|N|\n"
    "Q|M|bought|times.NAOK > 1 and !is_empty(visit)|What did you buy?||en|N|N|\n"
    "SQ|0|A||Apples||en\n"
    "SQ|0|B||Bread||en\n"
    "Q|T|why|bought_A.NAOK == \"Y\"|Why the {times.NAOK} times?||en|N|N|\n";

TEST(LimeSurvey, MakesSheetsThatLoadAndLeadTheRightWay) {
    const Imported made = made_of(kShop);
    EXPECT_THAT(brief(made.lost), IsEmpty());
    EXPECT_EQ(made.survey,
              "type,name,label::en,hint::en,relevant,required\n"
              "note,welcome,Good day.,,,\n"
              "begin_group,group_0,Visit,,,\n"
              "select_one visit,visit,Did you visit the shop this week?,Do not read out,,yes\n"
              "decimal,times,How many times?,,${visit} = 'Y',\n"
              "select_multiple bought,bought,What did you buy?,,"
              "${times} > 1 and not(${visit} = ''),\n"
              "text,why,Why the ${times} times?,,\"selected(${bought}, 'A')\",\n"
              "end_group,,,,,\n"
              "note,thanks,Thank you. Goodbye.,,,\n");
    EXPECT_EQ(made.choices,
              "list_name,name,label::en\nvisit,Y,Yes\nvisit,N,No\nbought,A,Apples\n"
              "bought,B,Bread\n");
    EXPECT_EQ(made.settings, "form_title,form_id,default_language\nShop visit,1234,en\n");
    EXPECT_EQ(made.quotas, "");
    const form::Form read = form_of(made);
    EXPECT_THAT(path_of(read, {{"visit", "1"}, {"times", "3"}, {"bought", "1"}, {"why", "so"}}),
                ElementsAre("welcome", "visit", "times", "bought", "why", "thanks"));
    EXPECT_THAT(path_of(read, {{"visit", "1"}, {"times", "1"}}),
                ElementsAre("welcome", "visit", "times", "thanks"));
    EXPECT_THAT(path_of(read, {{"visit", "2"}}), ElementsAre("welcome", "visit", "thanks"));
}

TEST(LimeSurvey, MakesEachTypeItsRows) {
    const Imported made = made_of(
        "class|type/"
        "scale|name|text|language|other|num_value_int_only|min_num_value_n|numbers_only\n"
        "G|0|All||en\n"
        "Q|Y|yn|Sure?|en\n"
        "Q|G|sex|Sex?|en\n"
        "Q|5|five|How good?|en\n"
        "Q|N|age|Age?|en||1|18\n"
        "Q|S|code|Code?|en||||1\n"
        "Q|D|day|Day?|en\n"
        "Q|X|info|Hear this.|en\n"
        "Q|*|twice|{age * 2}|en\n"
        "Q|O|why|Why?|en|Y\n"
        "A|0|a|Apples|en\n"
        "Q|F|rate|Rate|en\n"
        "SQ|0|s1|the shop|en\n"
        "SQ|0|s2|the staff|en\n"
        "A|0|g|good|en\n"
        "A|0|b|bad|en\n"
        "Q|1|dual|Both|en\n"
        "SQ|0|s1|the shop|en\n"
        "A|0|p|often|en\n"
        "A|1|q|nice|en\n"
        "Q|K|nums|Numbers|en\n"
        "SQ|0|s1|first|en\n"
        "Q|C|unsure|Is it|en\n"
        "SQ|0|s1|open|en\n");
    EXPECT_THAT(brief(made.lost), IsEmpty());
    const form::Form read = form_of(made);
    std::vector<std::string> rows;
    for (const form::Row& row : read.rows)
        rows.push_back(row.name + " " + std::string{name_of(row.type)});
    EXPECT_THAT(
        rows, ElementsAre("group_0 GROUP", "yn SELECT_ONE", "sex SELECT_ONE", "five RANGE",
                          "age INTEGER", "code DECIMAL", "day DATE", "info NOTE", "twice CALCULATE",
                          "why SELECT_ONE", "why_other TEXT", "why_comment TEXT",
                          "rate_s1 SELECT_ONE", "rate_s2 SELECT_ONE", "dual_s1_0 SELECT_ONE",
                          "dual_s1_1 SELECT_ONE", "nums_s1 DECIMAL", "unsure_s1 SELECT_ONE"));
    EXPECT_EQ(form::source_of(read.rows[12].label[0]), "Rate the shop");
    EXPECT_THAT(made.survey, HasSubstr("integer,age,Age?,,. >= 18"));
}

TEST(LimeSurvey, PutsLanguagesSideBySide) {
    const Imported made = made_of(
        "id|class|type/scale|name|text|language\n"
        "|S||language|nl|\n|S||additional_languages|en|\n"
        "1|G|0|Bezoek||nl\n"
        "2|Q|L|visit|Bezocht?|nl\n"
        "|A|0|Y|Ja|nl\n"
        "1|G|0|Visit||en\n"
        "2|Q|L|visit|Visited?|en\n"
        "|A|0|Y|Yes|en\n");
    EXPECT_THAT(brief(made.lost), IsEmpty());
    EXPECT_THAT(made.survey, HasSubstr("select_one visit,visit,Bezocht?,Visited?\n"));
    EXPECT_EQ(made.choices, "list_name,name,label::nl,label::en\nvisit,Y,Ja,Yes\n");
    EXPECT_EQ(form_of(made).languages, (std::vector<std::string>{"nl", "en"}));
}

TEST(LimeSurvey, TurnsOldConditionsQuotasAndLimits) {
    const Imported made = made_of(
        "id|related_id|class|type/scale|name|relevance|text|language|mandatory|other|default|"
        "min_answers|exclude_all_others|validation\n"
        "||G|0|All|1||en\n"
        "7||Q|Y|used||Used?|en\n"
        "|3|QTAM||Y\n"
        "8||Q|M|brands||Which?|en|||| 1|none\n"
        "||SQ|0|A||Apple|en\n"
        "||SQ|0|none||None|en\n"
        "|3|QTAM||A\n"
        "9||Q|S|code||Code?|en|||||| /^[0-9]+$/\n"
        "|7|C||1X1X7|==|Y\n"
        "3||QTA||buyers|||en|50|1|1\n");
    EXPECT_THAT(brief(made.lost), IsEmpty());
    EXPECT_EQ(made.quotas,
              "name,expression,target,on_full,label\n"
              "buyers,\"(${used} = 'Y') and (selected(${brands}, 'A'))\",50,end,buyers\n");
    EXPECT_THAT(made.survey, HasSubstr("count-selected(.) >= 1"));
    EXPECT_THAT(made.survey, HasSubstr("${used} = 'Y',\"regex(., '[0-9]+')\""));
    EXPECT_THAT(made.choices, HasSubstr("brands,none,None,yes"));
    (void)form_of(made);
}

TEST(LimeSurvey, NamesWhatHasNoCounterpartWithItsLine) {
    const Imported made = made_of(
        "class|type/scale|name|relevance|text|language|hidden|array_filter|random_group|css_class\n"
        "G|0|All|1||en\n"
        "Q|R|order||Order them|en\n"
        "Q|Q|texts|rand() > 1|Texts {texts.shown}|en|1|other|g|big\n"
        "SQ|0|s1||one|en\n"
        "Q|P|with||With comments|en\n"
        "SQ|0|s1||one|en\n"
        "ZZ||what\n"
        "Q|Y|order||Again|en\n");
    EXPECT_THAT(brief(made.lost),
                ElementsAre(HasSubstr("3: the question 'order' has the type R"),
                            HasSubstr("4: the attribute array_filter"),
                            HasSubstr("4: the attribute random"), HasSubstr("4: 'texts' is hidden"),
                            HasSubstr("4: the text has {texts.shown}"),
                            HasSubstr("4: the condition, at character 1: calls rand()"),
                            HasSubstr("6: the comments to each answer"),
                            HasSubstr("8: a row of the class 'ZZ'"),
                            HasSubstr("9: a second question with the code 'order'")));
    EXPECT_THAT(brief(made.notes), ElementsAre(HasSubstr("0: attributes of the screen are passed "
                                                         "over: css_class")));
    // The row is there, and does not load before its condition is mended.
    EXPECT_THAT(made.survey, HasSubstr("untranslated: rand() > 1"));
    EXPECT_FALSE(form::read_form({made.survey, made.choices, made.settings}));
}

TEST(LimeSurvey, RefusesWhatIsNoStructure) {
    EXPECT_FALSE(import_limesurvey(""));
    EXPECT_FALSE(import_limesurvey("a\tb\n"));
    EXPECT_FALSE(import_limesurvey("class\n\xFF"));
}

}  // namespace
}  // namespace bellwether::campaigns::import
