#include "campaigns/import/limesurvey_quotas.h"

#include "tests/campaigns/import/support.h"

namespace bellwether::campaigns::import {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(LimeQuotas, JoinAnswersOfOneQuestionByOr) {
    Imported made;
    const LimeSurvey survey = *read_lime_survey(
        tabbed(
            "id|related_id|class|type/scale|name|relevance|text|language|mandatory|other|default\n"
            "||G|0|g|||en\n"
            "1||Q|L|region||?|en\n"
            "|4|QTAM||north\n"
            "|4|QTAM||west\n"
            "4||QTA||Old regions|||en|20|2|1\n"
            "5||QTA||nobody|||en|20|1|1\n"
            "6||QTA||off|||en|x|1|1\n"
            "|4|QTALS|||We have enough.||en\n"),
        made);
    LimeNames names{survey};
    SheetRows rows{{"type", "name", "relevant", "label::en"}};
    EXPECT_EQ(lime_quotas(survey, names, rows, made),
              "name,expression,target,on_full,message,label\n"
              "Old_regions,${region} = 'north' or ${region} = 'west',20,end,quota_Old_regions,Old "
              "regions\n");
    EXPECT_EQ(rows.csv(),
              "type,name,relevant,label::en\nnote,quota_Old_regions,false(),We have enough.\n");
    EXPECT_THAT(brief(made.lost), ElementsAre(HasSubstr("7: the quota 'nobody' has no limit"),
                                              HasSubstr("8: the quota 'off' has no limit")));
    EXPECT_THAT(brief(made.notes), ElementsAre(HasSubstr("6: the full quota")));
}

}  // namespace
}  // namespace bellwether::campaigns::import
