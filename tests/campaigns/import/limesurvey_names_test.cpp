#include "campaigns/import/limesurvey_names.h"

#include "tests/campaigns/import/support.h"

namespace bellwether::campaigns::import {
namespace {

LimeSurvey survey() {
    Imported made;
    return *read_lime_survey(tabbed("id|class|type/scale|name|text|language\n"
                                    "1|G|0|g||en\n"
                                    "5|Q|L|visit|?|en\n"
                                    "6|Q|F|rate|?|en\n"
                                    "|SQ|0|s 1|?|en\n"
                                    "7|Q|M|brands|?|en\n"
                                    "|SQ|0|A|?|en\n"),
                             made);
}

TEST(LimeNames, FindTheVariablesOfExpressions) {
    const LimeSurvey read = survey();
    const LimeNames names{read};
    EXPECT_EQ(names.find("visit")->expression, "${visit}");
    EXPECT_EQ(names.find("visit_other")->expression, "${visit_other}");
    EXPECT_EQ(names.find("rate_s 1")->expression, "${rate_s_1}");
    EXPECT_EQ(names.find("brands_A")->expression, "selected(${brands}, 'A')");
    EXPECT_EQ(names.find("TOKEN:FIRSTNAME")->expression, "${contact.firstname}");
    EXPECT_FALSE(names.find("TOKEN:FIRST NAME"));
    EXPECT_FALSE(names.find("nobody"));
    EXPECT_EQ(names.field("123X1X5"), "${visit}");
    EXPECT_EQ(names.field("visit"), "${visit}");
    EXPECT_FALSE(names.field("123X1X99"));
}

TEST(LimeNames, FillTextsAndNameWhatIsLeft) {
    const LimeSurvey read = survey();
    const LimeNames names{read};
    std::vector<std::string> left;
    EXPECT_EQ(names.text("Hi {TOKEN:FIRSTNAME}, {visit.NAOK}? {if(a)} {", left),
              "Hi ${contact.firstname}, ${visit}? {if(a)} {");
    EXPECT_EQ(left, std::vector<std::string>{"{if(a)}"});
    left.clear();
    EXPECT_EQ(names.text("{a {visit}}", left), "{a ${visit}}");
    EXPECT_EQ(left, std::vector<std::string>{"{"});
}

}  // namespace
}  // namespace bellwether::campaigns::import
